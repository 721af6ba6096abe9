package com.openagents.runbook.replica.runtime.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request with its body already parsed.
 *
 * @param path the path without query string
 * @param query the last value of every query parameter
 * @param body the members of a JSON object or form; empty for any other body
 * @param pathParams the values of the route's placeholders
 * @param requestId the id of the response header
 * @param connection names the connection it came on
 * @param logId the id in log lines: the raw incoming one, if any (contract 17)
 */
public record Request(
        String method,
        String path,
        Map<String, String> query,
        HttpHeaders headers,
        Map<String, Object> body,
        Map<String, String> pathParams,
        String requestId,
        String logId,
        String connection) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public List<String> headers(String name) {
        return headers.getAll(name);
    }

    public String pathParam(String name) {
        return pathParams.get(name);
    }

    /** A parameter wherever it stands: path before body before query. */
    public Object param(String name) {
        if (pathParams.containsKey(name)) {
            return pathParams.get(name);
        }
        return body.containsKey(name) ? body.get(name) : query.get(name);
    }

    Request with(Map<String, Object> newBody, Map<String, String> newPathParams) {
        return new Request(method, path, query, headers, newBody, newPathParams, requestId, logId, connection);
    }
}
