package com.openagents.runbook.replica.runtime.auth;

/** A token that does not pass; the message is the one of the response (contract 3.2). */
public final class TokenRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private TokenRejected(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static TokenRejected unauthorized(String message) {
        return new TokenRejected(401, "unauthorized", message);
    }

    static TokenRejected forbidden(String message) {
        return new TokenRejected(403, "forbidden", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
