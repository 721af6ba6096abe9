package com.openagents.runbook.system.controlplane;

/**
 * What the control plane answered a request that is signed as the runtime signs its own. The body may hold a secret and is
 * not kept.
 *
 * @param code of a refusal, for example {@code invalid_signature}; empty if there is none
 * @param command the command that asks the same by hand
 */
public record InternalAnswer(int status, String code, String command) {
    private static final int UNAUTHORIZED = 401;

    /** Whether the signature was not accepted. */
    public boolean refused() {
        return status == UNAUTHORIZED;
    }

    public String words() {
        return code.isEmpty() ? String.valueOf(status) : status + " " + code;
    }
}
