package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal, as the Status object the caller gets. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ObjectNode status;

    ApiError(ObjectNode status) {
        super(status.path("message").asText(), null, false, false);
        this.status = status;
    }

    ObjectNode status() {
        return status;
    }

    int code() {
        return status.path("code").asInt();
    }
}
