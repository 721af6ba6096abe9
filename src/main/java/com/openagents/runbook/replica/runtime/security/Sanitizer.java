package com.openagents.runbook.replica.runtime.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Replaces secrets and personal data in payloads, by key and by the shape of text (contract 7.6). */
public final class Sanitizer {
    private static final String REDACTED = "[REDACTED]";
    private static final String EMAIL = "[REDACTED_EMAIL]";
    private static final String PHONE = "[REDACTED_PHONE]";

    private static final Set<String> SECRET_KEYS = Set.of(
            "authorization",
            "proxy_authorization",
            "cookie",
            "set_cookie",
            "password",
            "passphrase",
            "secret",
            "api_key",
            "admin_key",
            "apikey",
            "x_api_key",
            "access_token",
            "refresh_token",
            "token",
            "client_secret",
            "private_key",
            "ssn",
            "address",
            "street",
            "postal_code",
            "zip");
    private static final List<String> SECRET_ENDINGS =
            List.of("_token", "_secret", "_password", "_api_key", "_apikey", "_admin_key");
    private static final Set<String> EMAIL_KEYS = Set.of("email", "e_mail");
    private static final Set<String> PHONE_KEYS = Set.of("phone", "phone_number");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer)\\s+[^\\s,;\"]+");
    private static final Pattern JWT_SHAPE = Pattern.compile("[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]{10,}");
    private static final Pattern EMAIL_SHAPE = Pattern.compile("[\\w.%+-]+@[\\w.-]+\\.[A-Za-z]{2,}");

    private final Shapes shapes;

    private Sanitizer(Shapes shapes) {
        this.shapes = shapes;
    }

    /** Redacts what it is meant to redact: dates, ids and ordinary words stay. */
    public static Sanitizer intended() {
        return new Sanitizer(new Shapes(Pattern.compile("(?<![\\w-])sk-[\\w-]+"), PhoneNumbers::redactNumbers));
    }

    /** Redacts by the published patterns, which also hit dates, ids and words such as risk-free (C5). */
    public static Sanitizer published() {
        var phone = Pattern.compile("\\d[\\d\\-\\s()]{7,}\\d");
        return new Sanitizer(new Shapes(
                Pattern.compile("sk-[\\w-]+"),
                (text, with) -> phone.matcher(text).replaceAll(with)));
    }

    public Map<String, Object> clean(Map<String, Object> payload) {
        var clean = new LinkedHashMap<String, Object>();
        payload.forEach((key, value) ->
                clean.put(key, byKey(key).<Object>map(word -> word).orElseGet(() -> value(value))));
        return clean;
    }

    /** One text by its shape alone. */
    public String text(String text) {
        var result = BEARER.matcher(text).replaceAll("$1 " + REDACTED);
        result = shapes.secretKey().matcher(result).replaceAll(REDACTED);
        result = JWT_SHAPE.matcher(result).replaceAll(REDACTED);
        result = EMAIL_SHAPE.matcher(result).replaceAll(EMAIL);
        return shapes.phone().redact(result, PHONE);
    }

    @SuppressWarnings("unchecked")
    private Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return clean((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            var clean = new ArrayList<>();
            list.forEach(item -> clean.add(value(item)));
            return clean;
        }
        return value instanceof String text ? text(text) : value;
    }

    private static Optional<String> byKey(String key) {
        var word = key.toLowerCase(Locale.ROOT).replace('-', '_');
        if (SECRET_KEYS.contains(word) || SECRET_ENDINGS.stream().anyMatch(word::endsWith)) {
            return Optional.of(REDACTED);
        }
        if (EMAIL_KEYS.contains(word)) {
            return Optional.of(EMAIL);
        }
        return PHONE_KEYS.contains(word) ? Optional.of(PHONE) : Optional.empty();
    }

    private record Shapes(Pattern secretKey, Redaction phone) {}

    private interface Redaction {
        String redact(String text, String replacement);
    }
}
