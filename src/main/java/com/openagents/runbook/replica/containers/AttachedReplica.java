package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.OpenedParts;
import com.openagents.runbook.replica.WorkFolder;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.nio.file.Path;
import java.util.Optional;

/** A replica that another process keeps. Closing it leaves its containers as they are. */
final class AttachedReplica implements ReachableReplica {
    private final KeptReplica kept;
    private final OpenedParts parts = new OpenedParts("what uses the kept replica");
    private final WorkFolder work;
    private final DatabaseReplica database;
    private final StandIns standIns;

    AttachedReplica(KeptReplica kept, Path cache) {
        this.kept = kept;
        this.work = parts.add(WorkFolder.in(cache.resolve("work")));
        this.database = DatabaseReplica.attachedTo(kept.access().database());
        this.standIns = parts.add(new StandIns(
                cache.resolve("programs"), work.path(), kept.access().secrets(), database));
    }

    @Override
    public ReplicaAccess access() {
        return kept.access();
    }

    @Override
    public DatabaseReplica database() {
        return database;
    }

    @Override
    public Optional<Path> kubeconfigFile() {
        return Optional.of(kept.kubeconfigFile());
    }

    @Override
    public StandIns standIns() {
        return standIns;
    }

    @Override
    public Path work() {
        return work.path();
    }

    @Override
    public void close() {
        parts.close();
    }
}
