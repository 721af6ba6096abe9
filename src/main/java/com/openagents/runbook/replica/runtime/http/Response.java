package com.openagents.runbook.replica.runtime.http;

import com.openagents.runbook.replica.runtime.json.Json;
import java.nio.charset.StandardCharsets;

/** What a handler answers: a whole body, or a stream of server-sent events. */
public sealed interface Response {
    int status();

    /** A body that is known when the headers go out. */
    record Body(int status, String contentType, byte[] bytes) implements Response {}

    /** Status 200 and chunks as they come; the source runs on a thread of its own. */
    record Stream(StreamSource source) implements Response {
        @Override
        public int status() {
            return 200;
        }
    }

    static Response json(int status, Object value) {
        return text(status, "application/json; charset=utf-8", Json.write(value));
    }

    static Response text(int status, String contentType, String text) {
        return new Body(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An error of the framework rather than of the application (contract 3.3). */
    static Response frameworkError(int status, String detail) {
        return json(status, Json.object("errors", Json.object("detail", detail)));
    }
}
