package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.OpenedParts;
import com.openagents.runbook.replica.ReplicaSecrets;
import com.openagents.runbook.replica.WorkFolder;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.net.URI;
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
        this.database = DatabaseReplica.attachedTo(kept.database());
        this.standIns = parts.add(new StandIns(cache.resolve("programs"), work.path(), kept.secrets(), database));
    }

    @Override
    public DatabaseReplica database() {
        return database;
    }

    @Override
    public ReplicaSecrets secrets() {
        return kept.secrets();
    }

    @Override
    public String kubeconfig() {
        return kept.kubeconfig();
    }

    @Override
    public Optional<Path> kubeconfigFile() {
        return Optional.of(kept.kubeconfigFile());
    }

    @Override
    public String image() {
        return kept.image();
    }

    @Override
    public URI controlPlane() {
        return kept.controlPlane();
    }

    @Override
    public URI prometheus() {
        return kept.prometheus();
    }

    @Override
    public URI alertmanager() {
        return kept.alertmanager();
    }

    @Override
    public Optional<URI> grafana() {
        return Optional.ofNullable(kept.grafana());
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
