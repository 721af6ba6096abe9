package com.openagents.runbook.evidence;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * Masks secrets before text leaves the process: every value it was told of, in each form that text takes on the way
 * (plain, JSON, URL, base64), and whatever looks like a token, a key or a password in a connection string.
 */
public final class Redactor {
    private static final String MASK = "[REDACTED]";
    /** Shorter values would mask ordinary words. */
    private static final int SHORTEST_SECRET = 4;

    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile(
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)", Pattern.DOTALL),
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*"),
            Pattern.compile("\\bv1\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"),
            Pattern.compile("(?<=[Bb]earer )[A-Za-z0-9._~+/=-]{8,}"),
            Pattern.compile("(?<=://)[^\\s\"\\\\/@:]*:[^\\s\"\\\\/@]+(?=@)"),
            Pattern.compile(
                    "(?i)(?<=\\b(?:password|passwd|pgpassword|secret|api_key|access_token|token)=)[^\\s\"\\\\&;,']+"));

    private final ConcurrentSkipListSet<String> forms = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** From now on this value is masked. Empty and very short values are not, they are no secrets. */
    public void hide(String secret) {
        if (secret == null || secret.strip().length() < SHORTEST_SECRET) {
            return;
        }
        for (var value : List.of(secret, secret.strip())) {
            forms.add(value);
            forms.add(value.replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\n", "\\n")
                    .replace("\t", "\\t"));
            forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            var bytes = value.getBytes(StandardCharsets.UTF_8);
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    /** The text with every secret masked. */
    public String redact(String text) {
        var redacted = text;
        for (var form : forms) {
            redacted = redacted.replace(form, MASK);
        }
        for (var pattern : PATTERNS) {
            redacted = pattern.matcher(redacted).replaceAll(MASK);
        }
        return redacted;
    }
}
