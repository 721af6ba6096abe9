package com.openagents.runbook.safety;

/** Why no drill may run here now. Nothing was changed; the message says what to do. */
public final class DrillRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DrillRefused(String reason) {
        super(reason, null, false, false);
    }
}
