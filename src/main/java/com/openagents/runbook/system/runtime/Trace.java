package com.openagents.runbook.system.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What ties a request to the logs and metadata of the runtime (contract 17). Empty parts are not sent.
 *
 * @param requestId comes back in the answer if it has 20 to 200 bytes
 * @param traceparent W3C trace context; never comes back
 */
public record Trace(String requestId, String traceparent, String tracestate) {
    public static Trace none() {
        return new Trace("", "", "");
    }

    public static Trace requestId(String id) {
        return new Trace(id, "", "");
    }

    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("x-request-id", requestId);
        headers.put("traceparent", traceparent);
        headers.put("tracestate", tracestate);
        headers.values().removeIf(String::isEmpty);
        return headers;
    }
}
