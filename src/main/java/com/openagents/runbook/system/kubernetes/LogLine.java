package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.http.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One line of the runtime's log: {@code 13:28:15.123 request_id=abc [info] stream.session outcome=tail_timeout} (contract
 * 11.2). Its own time has no date, so that of Kubernetes is used.
 *
 * @param requestId empty if the line belongs to no request
 * @param message what stands behind the level
 */
record LogLine(String requestId, String level, String message) {
    private static final String TIME = "00:00:00.000 ";
    private static final String REQUEST = "request_id=";
    private static final Set<String> KINDS = Set.of("stream", "lease", "janitor", "tool", "policy", "sync");
    private static final Pattern EVENT =
            Pattern.compile("((?:stream|lease|janitor|tool|policy|sync)\\.[a-z_]{1,40})(?: [a-z_]+=.*)?");
    private static final Pattern PAIR = Pattern.compile(" ([a-z_]+)=(\"(?:[^\"\\\\]|\\\\.)*+\"|[^ \"]*+)");

    // By hand, and not with a pattern, as it is done for every line of logs that may be large.
    static Optional<LogLine> parse(String text) {
        if (!startsWithTime(text)) {
            return Optional.empty();
        }
        int from = TIME.length();
        var requestId = "";
        if (text.startsWith(REQUEST, from)) {
            int end = text.indexOf(' ', from);
            if (end < 0) {
                return Optional.empty();
            }
            requestId = text.substring(from + REQUEST.length(), end);
            from = end + 1;
        }
        int bracket = text.indexOf("] ", from);
        return bracket > from + 1 && text.charAt(from) == '[' && isWord(text, from + 1, bracket) && isOneWord(requestId)
                ? Optional.of(new LogLine(requestId, text.substring(from + 1, bracket), text.substring(bracket + 2)))
                : Optional.empty();
    }

    private static boolean startsWithTime(String text) {
        if (text.length() < TIME.length()) {
            return false;
        }
        for (int i = 0; i < TIME.length(); i++) {
            char expected = TIME.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("\t\n\u000B\f\r".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The name of what happened, for example {@code lease.operation}; empty for other lines. */
    Optional<String> event() {
        int dot = message.indexOf('.');
        if (dot < 0 || !KINDS.contains(message.substring(0, dot))) {
            return Optional.empty();
        }
        var found = EVENT.matcher(message);
        return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** What is said of an event, from name to value. */
    Map<String, String> pairs() {
        var pairs = new LinkedHashMap<String, String>();
        var pair = PAIR.matcher(message);
        while (pair.find()) {
            var value = pair.group(2);
            pairs.putIfAbsent(
                    pair.group(1),
                    value.startsWith("\"") ? JsonText.text(JsonText.read(value)).orElse("") : value);
        }
        return pairs;
    }
}
