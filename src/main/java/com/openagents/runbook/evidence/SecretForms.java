package com.openagents.runbook.evidence;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The forms that a secret takes besides those that {@link Unescaped} takes back: base64 wherever it stands within a longer
 * text, base64url, hexadecimal, base64 of its escaped forms, and the lines of a key one by one.
 */
final class SecretForms {
    /** Shorter values would mask ordinary words. */
    static final int SHORTEST = 4;

    /** A shorter line of a longer secret may be an ordinary word, a bracket or a part of a header. */
    private static final int SHORTEST_LINE = 12;

    private static final int BITS_OF_BYTE = 8;
    private static final int BITS_OF_CHAR = 6;
    private static final int BYTES_OF_GROUP = 3;

    private final Set<SecretForm> forms = new LinkedHashSet<>();

    private SecretForms() {}

    /** All forms of a value; none of one that is too short to be a secret. */
    static Set<SecretForm> of(String secret) {
        var all = new SecretForms();
        var texts = new LinkedHashSet<String>();
        texts.add(secret);
        texts.add(secret.strip());
        secret.lines().map(String::strip).filter(SecretForms::tellsSomething).forEach(texts::add);
        texts.stream().filter(text -> text.strip().length() >= SHORTEST).forEach(all::add);
        return all.forms;
    }

    private static boolean tellsSomething(String line) {
        return line.length() >= SHORTEST_LINE && !line.startsWith("-----");
    }

    private void add(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        plain(text);
        var hex = HexFormat.of().formatHex(bytes);
        plain(hex);
        plain(hex.toUpperCase(Locale.ROOT));
        base64(bytes);
        Stream.of(json(text), URLEncoder.encode(text, StandardCharsets.UTF_8))
                .filter(escaped -> !escaped.equals(text))
                .forEach(escaped -> base64(escaped.getBytes(StandardCharsets.UTF_8)));
        // A kubeconfig in a Secret: base64 of base64.
        for (int before = 0; before < BYTES_OF_GROUP; before++) {
            base64(base64(bytes, before).text().getBytes(StandardCharsets.UTF_8));
        }
        if (bytes.length > text.length()) {
            percents(text);
        }
    }

    private void plain(String text) {
        add(new SecretForm(text, false, false));
    }

    private void add(SecretForm form) {
        forms.add(form);
        forms.add(new SecretForm(Unescaped.of(form.text()).text(), form.before(), form.after()));
    }

    private void base64(byte[] bytes) {
        for (int before = 0; before < BYTES_OF_GROUP; before++) {
            var form = base64(bytes, before);
            add(form);
            add(new SecretForm(form.text().replace('+', '-').replace('/', '_'), form.before(), form.after()));
        }
    }

    /** What of the base64 is the same whatever stands around the secret; the characters at its ends are shared with that. */
    private static SecretForm base64(byte[] bytes, int before) {
        var group = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, group, before, bytes.length);
        var encoded = Base64.getEncoder().withoutPadding().encodeToString(group);
        int first = (before * BITS_OF_BYTE + BITS_OF_CHAR - 1) / BITS_OF_CHAR;
        int end = group.length * BITS_OF_BYTE / BITS_OF_CHAR;
        return new SecretForm(encoded.substring(first, end), before > 0, end < encoded.length());
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /** What is beyond ASCII stays percent-encoded when the rest is taken back. */
    private void percents(String text) {
        var upper = new StringBuilder();
        var lower = new StringBuilder();
        text.codePoints().forEach(character -> {
            var one = Character.toString(character);
            var encoded = character < 128 ? one : URLEncoder.encode(one, StandardCharsets.UTF_8);
            upper.append(encoded);
            lower.append(character < 128 ? one : encoded.toLowerCase(Locale.ROOT));
        });
        plain(upper.toString());
        plain(lower.toString());
    }
}
