package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.http.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the runtime's log: {@code 13:28:15.123 request_id=abc [info] stream.session outcome=tail_timeout} (contract
 * 11.2). Its own time has no date, so that of Kubernetes is used.
 *
 * @param requestId empty if the line belongs to no request
 * @param message what stands behind the level
 */
record LogLine(String requestId, String level, String message) {
    private static final Pattern FORMAT =
            Pattern.compile("\\d{2}:\\d{2}:\\d{2}\\.\\d{3} (?:request_id=(\\S*) )?\\[([a-z]+)] (.*)", Pattern.DOTALL);
    private static final Pattern EVENT =
            Pattern.compile("((?:stream|lease|janitor|tool|policy|sync)\\.[a-z_]{1,40})(?: [a-z_]+=.*)?");
    private static final Pattern PAIR = Pattern.compile(" ([a-z_]+)=(\"(?:[^\"\\\\]|\\\\.)*+\"|[^ \"]*+)");

    static Optional<LogLine> parse(String text) {
        var found = FORMAT.matcher(text);
        return found.matches()
                ? Optional.of(
                        new LogLine(Optional.ofNullable(found.group(1)).orElse(""), found.group(2), found.group(3)))
                : Optional.empty();
    }

    /** The name of what happened, for example {@code lease.operation}; empty for other lines. */
    Optional<String> event() {
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
