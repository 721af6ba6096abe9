package com.openagents.runbook.replica.runtime.http;

import com.openagents.runbook.replica.runtime.json.Json;
import java.util.List;

/** An answer in the application's error envelope (contract 3.3). */
public final class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<?> details;

    public HttpError(int status, String code, String message) {
        this(status, code, message, List.of());
    }

    public HttpError(int status, String code, String message, List<?> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = List.copyOf(details);
    }

    public static HttpError invalidRequest(String message) {
        return new HttpError(400, "invalid_request", message);
    }

    public static HttpError unauthorized(String message) {
        return new HttpError(401, "unauthorized", message);
    }

    public static HttpError forbidden(String message) {
        return new HttpError(403, "forbidden", message);
    }

    public static HttpError notFound(String message) {
        return new HttpError(404, "not_found", message);
    }

    public static HttpError conflict(String message) {
        return new HttpError(409, "conflict", message);
    }

    Response response() {
        var error = Json.object("code", code, "message", getMessage());
        if (!details.isEmpty()) {
            error.put("details", details);
        }
        return Response.json(status, Json.object("error", error));
    }
}
