package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request to the internal API. Principal, token and trace come from the {@link RuntimeSystem} that sends it.
 *
 * @param query from name to value, not yet encoded
 * @param headers beside those of principal, token and trace
 * @param claims what the token must hold besides the principal: {@code run_id} and {@code thread_id} (contract 3.2)
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Optional<String> body,
        Map<String, Object> claims) {
    static final String ROOT = "/internal/v1";

    public ApiRequest {
        query = new LinkedHashMap<>(query);
        headers = new LinkedHashMap<>(headers);
        claims = new LinkedHashMap<>(claims);
    }

    /** @param path the whole path, its segments encoded by {@link #segment} */
    public static ApiRequest of(String method, String path) {
        return new ApiRequest(method, path, Map.of(), Map.of(), Optional.empty(), Map.of());
    }

    static ApiRequest get(String path) {
        return of("GET", ROOT + path);
    }

    static ApiRequest post(String path, Map<String, Object> body) {
        return of("POST", ROOT + path).json(body);
    }

    /** The text as one segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public ApiRequest query(String name, String value) {
        var more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new ApiRequest(method, path, more, headers, body, claims(Map.of(name, value)));
    }

    public ApiRequest header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiRequest(method, path, query, more, body, claims);
    }

    /** A JSON body; a {@code run_id} or {@code thread_id} in it becomes a claim of the token. */
    public ApiRequest json(Map<String, Object> json) {
        return new ApiRequest(method, path, query, headers, Optional.of(JsonText.write(json)), claims(json))
                .header("content-type", "application/json");
    }

    /** A body as it is, to see what the runtime makes of a bad one. */
    public ApiRequest text(String contentType, String text) {
        return new ApiRequest(method, path, query, headers, Optional.of(text), claims)
                .header("content-type", contentType);
    }

    /** The token must name this run. */
    ApiRequest forRun(String runId) {
        return new ApiRequest(method, path, query, headers, body, claims(Map.of("run_id", runId)));
    }

    String target() {
        var pairs = query.entrySet().stream()
                .map(pair -> segment(pair.getKey()) + "=" + segment(pair.getValue()))
                .collect(Collectors.joining("&"));
        return pairs.isEmpty() ? path : path + "?" + pairs;
    }

    private Map<String, Object> claims(Map<String, ?> parameters) {
        var more = new LinkedHashMap<>(claims);
        for (var name : new String[] {"run_id", "thread_id"}) {
            if (parameters.get(name) != null) {
                more.put(name, parameters.get(name));
            }
        }
        return more;
    }
}
