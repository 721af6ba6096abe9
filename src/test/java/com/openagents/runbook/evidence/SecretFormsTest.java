package com.openagents.runbook.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

/** A value that is known is masked however it was written. */
class SecretFormsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");

    /** White space at the ends of a secret is no part of it, also where it is written as an escape. */
    private static final Pattern BLANK_END =
            Pattern.compile("(?is)(?:\\\\+[nrt]|%(?:0[9ad]|20)|\\+).*|.*(?:\\\\+[nrt]|%(?:0[9ad]|20))");

    /** Ways in which text is written that keep the place of each character. */
    private static final List<UnaryOperator<String>> ESCAPES = List.of(
            UnaryOperator.identity(),
            SecretFormsTest::json,
            text -> json(text).replace("/", "\\/"),
            text -> json(json(json(text))),
            text -> each(text, "\\u%04x"),
            text -> each(text, "\\u%04X"),
            SecretFormsTest::url,
            text -> url(text).replace("+", "%20"),
            text -> PERCENT.matcher(url(text)).replaceAll(found -> found.group().toLowerCase(Locale.ROOT)),
            text -> url(url(text)),
            text -> url(json(text)),
            text -> json(url(text)),
            SecretFormsTest::xml,
            text -> each(text, "&#%d;"),
            text -> each(text, "&#x%x;"),
            text -> json(xml(text)),
            text -> xml(json(text)),
            text -> HexFormat.of().formatHex(bytes(text)),
            text -> HexFormat.of().withUpperCase().formatHex(bytes(text)));

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withChars(" äß\"\\/+%&<>=")
                .ofMinLength(8)
                .ofMaxLength(60)
                .filter(secret -> secret.equals(secret.strip())
                        && !BLANK_END.matcher(secret).matches());
    }

    @Property(tries = 300)
    void an_escaped_secret_is_masked_and_its_surroundings_stay(@ForAll("secrets") String secret) {
        var redactor = new Redactor();
        redactor.hide(secret);

        for (var escape : ESCAPES) {
            assertThat(redactor.redact("(" + escape.apply(secret) + ")")).isEqualTo("([REDACTED])");
        }
    }

    @Property(tries = 300)
    void base64_of_a_longer_text_keeps_nothing_of_the_secret_in_it(
            @ForAll("secrets") String secret,
            @ForAll @AlphaChars @StringLength(max = 7) String before,
            @ForAll @AlphaChars @StringLength(max = 7) String after) {
        var redactor = new Redactor();
        redactor.hide(secret);

        for (var inner : List.<UnaryOperator<String>>of(
                UnaryOperator.identity(), SecretFormsTest::json, SecretFormsTest::url, SecretFormsTest::base64)) {
            var hidden = inner.apply(secret);
            var text = bytes(before + hidden + after);
            for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                var encoded = encoder.encodeToString(text);

                var masked = redactor.redact(encoded);

                assertThat(masked.replace("[REDACTED]", ""))
                        .hasSizeLessThanOrEqualTo(encoded.length() - 4 * secret.length() / 3);
                assertThat(masked).contains("[REDACTED]");
                // Of an escape at the edge its first half may stay.
                assertThat(redactor.redact(url(encoded)).replace("[REDACTED]", ""))
                        .hasSizeLessThanOrEqualTo(
                                url(masked.replace("[REDACTED]", "")).length() + "%2".length());
            }
        }
    }

    @Example
    void what_stands_around_a_secret_in_base64_stays() {
        var redactor = new Redactor();
        redactor.hide("correct-horse-battery");

        assertThat(redactor.redact(base64("postgres://app:correct-horse-battery@db:5432/app")))
                .isEqualTo(base64("postgres://app:") + "[REDACTED]" + base64("@db:5432/app"));
    }

    @Property(tries = 100)
    void base64_in_lines_is_masked_across_them(@ForAll @AlphaChars @StringLength(min = 90, max = 120) String secret) {
        var redactor = new Redactor();
        redactor.hide(secret);
        var encoded = Base64.getMimeEncoder().encodeToString(bytes("key: " + secret));

        assertThat(redactor.redact("    " + encoded.replace("\n", "\n    "))).matches("    a2V5Oi\\[REDACTED]=*");
    }

    private static String json(String text) {
        try {
            var quoted = JSON.writeValueAsString(text);
            return quoted.substring(1, quoted.length() - 1);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String each(String text, String format) {
        return text.chars()
                .mapToObj(character -> String.format(Locale.ROOT, format, character))
                .collect(Collectors.joining());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
