package com.openagents.runbook.safety;

import java.time.Duration;

/**
 * What only whoever operates the systems beside the runtime can do to them. A replica lets a drill do it; a live environment
 * does not, and says so.
 */
public interface OperatorHands {

    /** Stops the PostgreSQL server and starts it again; returns when it accepts connections. */
    void restartDatabase();

    /** Lets retention pass once as if it kept no longer than the horizon. What it removes does not come back. */
    void runRetention(Duration horizon);

    /** From now on the token mint signs sync tokens with this key. */
    void mintWith(String keyId, String key);

    /** From now on the control plane trusts requests of the runtime that are signed with this secret, and no other. */
    void trustInternal(String secret);

    /** The control plane has the settings back that it was started with. */
    void restoreControlPlane();
}
