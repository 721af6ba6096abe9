package com.openagents.runbook.environment;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.RetentionPass;
import com.openagents.runbook.safety.OperatorHands;
import java.time.Duration;
import java.util.Map;

/** Operates the replica's systems beside the runtime. */
record EmbeddedOperator(Replica replica) implements OperatorHands {
    @Override
    public void restartDatabase() {
        replica.database().stop();
        replica.database().startAgain();
    }

    @Override
    public void runRetention(Duration horizon) {
        RetentionPass.over(replica.database(), horizon);
    }

    @Override
    public void mintWith(String keyId, String key) {
        replica.controlPlane().restart(Map.of("OA_SYNC_TOKEN_KEY_ID", keyId, "OA_SYNC_TOKEN_SIGNING_KEY", key));
    }

    @Override
    public void trustInternal(String secret) {
        replica.controlPlane().restart(Map.of("OA_RUNTIME_INTERNAL_SHARED_SECRET", secret));
    }

    @Override
    public void restoreControlPlane() {
        replica.controlPlane().restart(replica.secrets().ofControlPlane(Replica.SYNC_ISSUER, Replica.USER));
    }
}
