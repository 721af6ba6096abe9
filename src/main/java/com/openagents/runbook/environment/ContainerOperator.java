package com.openagents.runbook.environment;

import com.openagents.runbook.replica.RetentionPass;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.safety.OperatorHands;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Operates the database of a replica in containers; its control plane keeps the settings that it was started with. */
record ContainerOperator(DatabaseReplica database) implements OperatorHands {
    @Override
    public Set<Deed> offered() {
        return EnumSet.of(Deed.RESTART_DATABASE, Deed.RUN_RETENTION);
    }

    @Override
    public void restartDatabase() {
        database.stop();
        database.startAgain();
    }

    @Override
    public void runRetention(Duration horizon) {
        RetentionPass.over(database, horizon);
    }

    @Override
    public void mintWith(String keyId, String key) {
        throw notOffered(Deed.MINT_WITH);
    }

    @Override
    public void trustInternal(String secret) {
        throw notOffered(Deed.TRUST_INTERNAL);
    }

    @Override
    public void restoreControlPlane() {
        throw notOffered(Deed.TRUST_INTERNAL);
    }

    private static IllegalStateException notOffered(Deed deed) {
        return new IllegalStateException(deed.word() + " is not offered in containers, and was asked for all the same");
    }
}
