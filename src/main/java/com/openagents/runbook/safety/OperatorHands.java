package com.openagents.runbook.safety;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What only whoever operates the systems beside the runtime can do to them. A replica lets a drill do it; a live environment
 * as far as its file says how.
 */
public interface OperatorHands {

    /** What can be offered, as an environment's file names it. */
    enum Deed {
        RESTART_DATABASE("restart-database"),
        RUN_RETENTION("run-retention"),
        MINT_WITH("mint-with"),
        TRUST_INTERNAL("trust-internal"),
        /** On a live environment that is for a person to decide (runbook 7.2). */
        ROLL_BACK_SCHEMA("roll-back-schema");

        private final String word;

        Deed(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** What of it a drill may ask for. */
    default Set<Deed> offered() {
        return EnumSet.allOf(Deed.class);
    }

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
