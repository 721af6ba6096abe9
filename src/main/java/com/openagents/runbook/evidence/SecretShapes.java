package com.openagents.runbook.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is masked without being known: what looks like a token, a key, a header that authorizes, or a password in a
 * connection string. Values end where a quotation mark or a backslash is, so that JSON stays JSON.
 */
final class SecretShapes {
    private static final String PASSWORDS = "password|passwd|passphrase|pwd|api[_-]?key|access[_-]?key|secret[_-]?key"
            + "|signing[_-]?key|private[_-]?key|(?:access|refresh|auth|id|security)[_-]?token|client[_-]?secret";

    /** In prose and labels these are ordinary words; behind them an equals sign is not. */
    private static final String ASSIGNED = PASSWORDS + "|secret|token|signature";

    private static final List<String> ENDINGS =
            List.of("password", "passwd", "passphrase", "pwd", "key", "token", "secret", "signature");

    private static final String QUOTE = "\\\\*[\"']?";

    /** Headers may have several values. What is masked already stands in such brackets, too. */
    private static final String LIST = "(?:\\[(?!REDACTED\\])\\s*)?";

    /**
     * Up to the quotation mark that ends it in JSON, however deep, with whatever else is escaped there. Groups are repeated
     * without a way back, for any other way takes a piece of the stack each time.
     */
    private static final String QUOTED = "(?:[^\"\\\\]|\\\\++[^\"\\\\])++";

    /** An escape within a value; that of a line feed, a tab or an ampersand ends it. */
    private static final String ESCAPED = "\\\\+(?![nrt]|u00(?:26|3[ce]))";

    /** Where each line of it is a row of its own, the shape of a key ends with the first. */
    private static final Pattern KEY_IN_ROWS =
            Pattern.compile("(?s)" + keyLimit("BEGIN") + ".*?(?:" + keyLimit("END") + "|\\z)");

    private static final Pattern KEY_ROW =
            Pattern.compile("(?<=[\"\\s]|\\\\[nrt])[A-Za-z0-9+/]{40,}={0,2}(?=[\"\\s\\\\]|\\z)");

    private static final List<Shape> SHAPES = List.of(
            shape(
                    "-----begin",
                    "(?s)" + keyLimit("BEGIN") + "[^\"<>]*?(?:" + keyLimit("END") + "|(?=\\\\*[\"<>])|\\z)"),
            shape("eyj", "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*){1,3}"),
            shape("v1.", "\\bv1\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"),
            shape(
                    "authorization",
                    "(?i)(?<kept>authorization" + QUOTE + "\\s*[:=]\\s*" + LIST + QUOTE
                            + "(?:[a-z0-9-]{4,20} +)?)(?:\\[REDACTED\\]|[^\\s\"'\\\\<,;\\]]{8,})"),
            shape("bearer", "(?<kept>(?i)\\bbearer(?:\\s|%20|\\+)+)[A-Za-z0-9._~+/=-]{8,}"),
            new Shape(
                    List.of("basic"),
                    Pattern.compile("(?<kept>(?i)\\bbasic(?:\\s|%20|\\+)+)(?<value>[A-Za-z0-9+/]{6,}={0,2})"),
                    SecretShapes::isUserAndPassword),
            shape(
                    "cookie",
                    "(?i)(?<kept>\\bcookie2?" + QUOTE + "\\s*[:=]\\s*" + LIST + QUOTE
                            + ")[^\\s=:;,\"'\\\\<]+=[^\\r\\n\"'\\\\<]+"),
            shape(List.of("://", ":\\"), "(?<kept>://|:\\\\+/\\\\+/)[^\\s\"\\\\/@:<>]*:[^\\s\"\\\\/<>]+(?=@)"),
            shape("%3a%2f%2f", "(?i)(?<kept>%3a%2f%2f)[^\\s\"\\\\/%]*%3a(?:(?!%40|%2f)[^\\s\"\\\\/])++(?=%40)"),
            shape(
                    endings("="),
                    "(?i)(?<kept>(?:" + ASSIGNED + ")=)(?!\\$)(?:'[^'\"\\\\]*'|(?:(?:" + ESCAPED
                            + ")?[^\\s\"\\\\&;,'<>])++)"),
            // With a comma or a bracket behind it, the quotation mark ends a text of JSON.
            shape(endings("="), "(?i)(?<kept>(?:" + PASSWORDS + ")=\\\\*\")(?![\\s,}\\]:]|\\$)" + QUOTED),
            shape(
                    endings("%3d"),
                    "(?i)(?<kept>(?:" + ASSIGNED + ")%3d)[^\\s\"\\\\&;,'<>%]+(?:%(?!26|3b)[^\\s\"\\\\&;,'<>%]+)*+"),
            shape(
                    endings("\"", "\\"),
                    "(?i)(?<kept>(?:" + PASSWORDS + ")\\\\*\"\\s*:\\s*" + LIST + "\\\\*\")" + QUOTED),
            shape("-key:", "(?i)(?<kept>\\bx-(?:[a-z]+-)?(?:api-)?key: *)[^\\s\"\\\\<]+"),
            shape("-token:", "(?i)(?<kept>\\bx-(?:[a-z]+-)*token: *)[^\\s\"\\\\<]+"),
            shape("ia", "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            shape("gh", "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})"),
            shape("glpat-", "\\bglpat-[A-Za-z0-9_-]{20,}"),
            shape("xox", "\\bxox[a-z]-[A-Za-z0-9-]{10,}"),
            shape("xapp-", "\\bxapp-[A-Za-z0-9-]{10,}"),
            shape("hooks.slack.com", "(?<kept>hooks\\.slack\\.com/[a-z]+/)[A-Za-z0-9/_-]{8,}"),
            shape("aiza", "\\bAIza[A-Za-z0-9_-]{35}"),
            shape("ya29.", "\\bya29\\.[A-Za-z0-9_-]{20,}"),
            shape("sk", "\\bsk[-_][A-Za-z0-9_-]{20,}"));

    /**
     * @param words one of them must be there, in small letters, for the pattern to be worth a try
     * @param pattern what its group {@code kept} holds stays
     */
    private record Shape(List<String> words, Pattern pattern, Predicate<MatchResult> holds) {
        String mask(String text) {
            return pattern.matcher(text)
                    .replaceAll(found -> holds.test(found) ? masked(found) : Matcher.quoteReplacement(found.group()));
        }

        private String masked(MatchResult found) {
            boolean keeps = pattern.pattern().contains("(?<kept>");
            return Matcher.quoteReplacement((keeps ? found.group(1) : "") + Redactor.MASK);
        }
    }

    private SecretShapes() {}

    private static Shape shape(String word, String pattern) {
        return shape(List.of(word), pattern);
    }

    private static Shape shape(List<String> words, String pattern) {
        return new Shape(words, Pattern.compile(pattern), always -> true);
    }

    private static List<String> endings(String... after) {
        return Stream.of(after)
                .flatMap(end -> ENDINGS.stream().map(word -> word + end))
                .toList();
    }

    private static String keyLimit(String word) {
        return "-----" + word + " [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----";
    }

    static String mask(String text) {
        var small = text.toLowerCase(Locale.ROOT);
        var masked = small.contains("-----begin") ? maskRows(text) : text;
        for (var shape : SHAPES) {
            if (shape.words().stream().anyMatch(small::contains)) {
                masked = shape.mask(masked);
            }
        }
        return masked;
    }

    private static String maskRows(String text) {
        return KEY_IN_ROWS
                .matcher(text)
                .replaceAll(key ->
                        Matcher.quoteReplacement(KEY_ROW.matcher(key.group()).replaceAll(Redactor.MASK)));
    }

    /** Basic authentication is spoken of, too. */
    private static boolean isUserAndPassword(MatchResult found) {
        try {
            var decoded = new String(Base64.getDecoder().decode(found.group(2)), StandardCharsets.UTF_8);
            return decoded.indexOf(':') >= 0;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
