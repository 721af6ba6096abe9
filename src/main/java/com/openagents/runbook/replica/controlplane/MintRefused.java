package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.List;

/** A token that is not given out, with the answer in the control plane's own shapes. */
final class MintRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Response response;

    private MintRefused(String what, Response response) {
        super(what, null, false, false);
        this.response = response;
    }

    static MintRefused unauthenticated() {
        return new MintRefused("unauthenticated", Response.json(401, Json.object("message", "Unauthenticated.")));
    }

    static MintRefused error(int status, String code, String message) {
        return new MintRefused(
                code, Response.json(status, Json.object("error", Json.object("code", code, "message", message))));
    }

    /** Input that does not fit, as the framework's validation says it. */
    static MintRefused invalid(String field, String message) {
        var errors = Json.object(field, List.of(message));
        return new MintRefused("invalid", Response.json(422, Json.object("message", message, "errors", errors)));
    }

    Response response() {
        return response;
    }
}
