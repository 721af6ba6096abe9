package com.openagents.runbook.replica.runtime.http;

import com.openagents.runbook.replica.runtime.json.Json;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns what came over the wire into a {@link Request}. */
final class RequestReader {
    private RequestReader() {}

    /** The request without its body, which may be malformed and is judged after the request was logged. */
    static Request head(FullHttpRequest wire, String connection) {
        var uri = new QueryStringDecoder(wire.uri());
        var incoming = wire.headers().get("x-request-id");
        var id = RequestIds.accept(incoming);
        return new Request(
                wire.method().name(),
                uri.rawPath(),
                lastValues(uri.parameters()),
                wire.headers(),
                Map.of(),
                Map.of(),
                id,
                incoming == null || incoming.isEmpty() ? id : incoming,
                connection);
    }

    /** @throws IOException when a body that says it is JSON is not */
    @SuppressWarnings("unchecked")
    static Map<String, Object> body(FullHttpRequest wire) throws IOException {
        var text = wire.content().toString(StandardCharsets.UTF_8);
        var type = wire.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return Map.of();
        }
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return Map.copyOf(lastValues(new QueryStringDecoder(text, false).parameters()));
        }
        if (!type.startsWith("application/json") && !type.contains("+json")) {
            return Map.of();
        }
        var value = Json.parse(text);
        return value instanceof Map<?, ?> object ? (Map<String, Object>) object : Json.object("_json", value);
    }

    static List<String> segments(String path) {
        return java.util.Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, String> lastValues(Map<String, List<String>> all) {
        var last = new HashMap<String, String>();
        all.forEach((name, values) -> last.put(name, values.get(values.size() - 1)));
        return last;
    }
}
