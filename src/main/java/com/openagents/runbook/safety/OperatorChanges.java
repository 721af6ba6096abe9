package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.Inverse.Action;
import com.openagents.runbook.safety.OperatorHands.Deed;
import com.openagents.runbook.system.Right;
import java.time.Duration;
import java.util.List;

/** The changes that drills make to what is beside the runtime, where the environment lets them. */
public final class OperatorChanges {
    private static final String CONTROL_PLANE = "control plane";
    private static final Inverse RESTORE = new Inverse(Action.RESTORE_CONTROL_PLANE, CONTROL_PLANE, "");

    private static final Duration NOTICED = Duration.ofSeconds(3);

    private final Ground ground;
    private final OperatorHands hands;

    /** @throws CouldNotCheck if the environment lets only people do any of it */
    OperatorChanges(Ground ground) {
        this.ground = ground;
        hands = ground.operated();
    }

    /** The database server goes and comes back. */
    public Change restartDatabase() {
        need(Deed.RESTART_DATABASE);
        return new Change(
                "restart PostgreSQL",
                "the PostgreSQL server",
                0,
                List.of(),
                List.of(Inverse.waitFor("PostgreSQL")),
                () -> {
                    hands.restartDatabase();
                    // Pods that lose the database end at once (contract 0.1), and only then is it worth asking whether
                    // they are back.
                    Pause.lasting(NOTICED, "pods to notice");
                });
    }

    /** Retention removes what is older than the horizon. */
    public Change runRetention(Duration horizon) {
        need(Deed.RUN_RETENTION);
        return new Change(
                "let retention remove all updates that are older than " + horizon.toSeconds() + " s",
                "table runtime.sync_stream_events",
                0,
                List.of(),
                List.of(),
                () -> hands.runRetention(horizon));
    }

    /** The token mint switches to another key. */
    public Change switchMint(String keyId, String key) {
        need(Deed.MINT_WITH);
        return new Change(
                "let the token mint sign with key " + keyId,
                CONTROL_PLANE,
                0,
                List.of(),
                List.of(RESTORE),
                () -> hands.mintWith(keyId, key));
    }

    /** The control plane trusts another secret of the runtime. */
    public Change trustInternal(String secret) {
        need(Deed.TRUST_INTERNAL);
        return new Change(
                "let the control plane trust another internal shared secret",
                CONTROL_PLANE,
                0,
                List.of(),
                List.of(RESTORE),
                () -> hands.trustInternal(secret));
    }

    /** The newest migration is taken back by its version; the gate, which migrates, brings it back. */
    public Change rollBackMigration(long version) {
        need(Deed.ROLL_BACK_SCHEMA);
        return new Change(
                "roll the schema back to before migration " + version,
                "the runtime's database",
                0,
                List.of(Right.RUN_GATE),
                List.of(new Inverse(Action.RERUN_GATE, SteadyState.NAME, "")),
                () -> new SchemaRollback(ground).to(version));
    }

    private void need(Deed deed) {
        if (!hands.offered().contains(deed)) {
            throw ground.notOperated(deed.word());
        }
    }
}
