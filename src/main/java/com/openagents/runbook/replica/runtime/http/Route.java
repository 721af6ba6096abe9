package com.openagents.runbook.replica.runtime.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method and path.
 *
 * @param pattern the path with placeholders, such as {@code /runs/:run_id/stream}
 * @param pipeline the checks before the handler
 * @param handler what answers
 */
public record Route(String method, String pattern, Pipeline pipeline, Handler handler) {

    /** Which checks a request passes before its handler (contract 3.1). */
    public enum Pipeline {
        /** Accepts JSON, then the token, then the write freeze. */
        API,
        /** As {@link #API}, but an absent signature passes, and no thread is taken: for probes. */
        PROBE,
        /** The token only. */
        STREAM,
        /** No check: not part of the internal API. */
        OPEN
    }

    /** The values of the placeholders if the path fits. */
    Optional<Map<String, String>> match(String requestMethod, List<String> segments) {
        var wanted = List.of(pattern.substring(1).split("/"));
        if (!method.equals(requestMethod) || wanted.size() != segments.size()) {
            return Optional.empty();
        }
        var params = new HashMap<String, String>();
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).startsWith(":")) {
                params.put(wanted.get(i).substring(1), segments.get(i));
            } else if (!wanted.get(i).equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(params);
    }
}
