package com.openagents.runbook.replica;

import com.openagents.runbook.replica.cluster.ClusterOptions;
import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;

/** A healthy runtime on this machine: its database, its cluster with the staging deployment, its gate passed. */
public final class Replica implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration GATE_LIMIT = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path cache;
    private final double speed;
    private Map<String, String> secrets = Map.of();
    private DatabaseReplica database;
    private RuntimeImage image;
    private ClusterReplica cluster;

    /**
     * @param cache a folder for what is worth keeping between runs
     * @param speed how many times faster than published probes, back-off and the autoscaler pass
     */
    public Replica(Path cache, double speed) {
        this.cache = cache;
        this.speed = speed;
    }

    /** Starts PostgreSQL. */
    public DatabaseReplica startDatabase() {
        database = opened(DatabaseReplica.start(DatabaseOptions.defaults()));
        return database;
    }

    /** Prepares the runtime's program; this takes seconds the first time after a build, and nothing later. */
    public RuntimeImage prepareRuntime() {
        secrets = Map.of(
                "DATABASE_URL", database.ectoUrl(DatabaseReplica.DEV),
                "SECRET_KEY_BASE", random(48),
                "RUNTIME_SIGNATURE_SECRET", random(32));
        image = RuntimeImage.prepare(cache.resolve("programs"), secrets);
        return image;
    }

    /** Starts the Kubernetes API with its controllers and puts the runtime into it. */
    public ClusterReplica startCluster() {
        var work = opened(WorkFolder.in(cache.resolve("work")));
        try {
            cluster = opened(ClusterReplica.start(
                    new ClusterOptions(work.path(), Map.of(ClusterReplica.IMAGE, image), secrets, Map.of(), speed)));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException("the Kubernetes of the replica could not be started", e);
        }
    }

    /** Waits until every pod is ready and all that watches the pods has noticed. */
    public void awaitReady(Consumer<String> progress) {
        cluster.awaitReady(READY_LIMIT, progress);
    }

    /** Runs the post-deploy gate, as after every deploy. */
    public void runGate(Consumer<String> progress) {
        var result = cluster.runSmokeGate(GATE_LIMIT, progress);
        if (!result.isPassed()) {
            var last = result.outcomes().get(result.outcomes().size() - 1);
            throw new IllegalStateException("the gate of the healthy replica does not pass: " + last.job() + " "
                    + last.end() + "; it wrote: " + last.log());
        }
    }

    public DatabaseReplica database() {
        return database;
    }

    public ClusterReplica cluster() {
        return cluster;
    }

    /** The values that no record may hold. */
    public Map<String, String> secrets() {
        return secrets;
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private static String random(int bytes) {
        var value = new byte[bytes];
        new SecureRandom().nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    /** Ends every process and removes what was worked on. */
    @Override
    public void close() {
        RuntimeException problem = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                problem = new IllegalStateException("a part of the replica did not close", e);
            }
        }
        if (problem != null) {
            throw problem;
        }
    }
}
