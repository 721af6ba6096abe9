package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.Sha256;
import com.openagents.runbook.replica.containers.ContainerEngine;
import com.openagents.runbook.replica.containers.ContainerReplica;
import com.openagents.runbook.replica.containers.ReachableReplica;
import com.openagents.runbook.replica.containers.ReplicaSessions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The replica in containers that {@code up} keeps for later runs of the same environment. */
public final class KeptContainers {
    private final EnvironmentFile file;
    private final ReplicaSessions sessions = new ReplicaSessions(cache());

    KeptContainers(EnvironmentFile file) {
        this.file = file;
    }

    /** Where the replica keeps what is worth it between runs. */
    static Path cache() {
        return HomeFolder.replica();
    }

    /**
     * What is kept, to be used now.
     *
     * @throws EnvironmentProblem if something is kept that is not what would be started now
     */
    Optional<ReachableReplica> find(Progress progress) {
        var kept = sessions.kept(file.name());
        if (kept.isEmpty()) {
            progress.say("no replica is kept for '" + file.name() + "', so this one is started and goes again");
            return Optional.empty();
        }
        ReplicaSessions.changed(kept.get(), madeOf()).ifPresent(difference -> {
            throw new EnvironmentProblem("environment '" + file.name() + "' reuses the replica that process "
                    + sessions.keeper(kept.get()) + " keeps, and that is another one: " + difference
                    + ". End it with ./runbook down, or leave out containers.reuse");
        });
        progress.say("using the replica that process " + sessions.keeper(kept.get()) + " keeps");
        return Optional.of(ReplicaSessions.attach(kept.get(), cache()));
    }

    /** @throws EnvironmentProblem if another process keeps one already */
    void expectNone() {
        sessions.kept(file.name()).ifPresent(kept -> {
            throw new EnvironmentProblem("process " + sessions.keeper(kept) + " keeps a replica of '" + file.name()
                    + "' already; end it with ./runbook down");
        });
    }

    void keep(ContainerReplica replica) {
        sessions.keep(file.name(), replica, madeOf());
    }

    void release() {
        sessions.release(file.name());
    }

    /** Removes what killed runs left in the engine, and says so. */
    void removeLeft(Progress progress) {
        sessions.removeLeft(progress::say);
    }

    private Map<String, String> madeOf() {
        var made = new TreeMap<>(ContainerAccess.images(file).identities(cache()));
        made.put("the namespace", file.systems().kubernetes().namespace());
        made.put("a Grafana of its own", String.valueOf(ContainerAccess.startsGrafana(file)));
        made.put("replica.settings", new TreeMap<>(file.settings()).toString());
        made.put("replica.alert-speed", String.valueOf(file.alertSpeed()));
        made.put("replica.load", String.valueOf(file.load()));
        Stream.of(MonitoringAccess.assets(), HomeFolder.gate())
                .forEach(folder -> made.put("environments/" + folder.getFileName(), Sha256.ofFiles(folder)));
        return made;
    }

    /** Whether a process that runs keeps a replica of this environment. */
    public static boolean isKept(String environment) {
        return new ReplicaSessions(cache()).kept(environment).isPresent();
    }

    /**
     * Ends every replica in containers that is kept on this machine, and removes what killed runs left behind.
     *
     * @return whether nothing is kept any more
     * @throws EnvironmentProblem if no Docker engine answers
     * @throws EnvironmentFailure if it refuses
     */
    public static boolean takeDown(Progress progress) {
        if (!ContainerEngine.answers()) {
            throw new EnvironmentProblem(
                    "what is kept in containers needs a Docker engine, and " + ContainerEngine.silence());
        }
        return ContainersStart.told(
                "what is kept in containers could not be ended",
                () -> new ReplicaSessions(cache()).takeDown(progress::say));
    }
}
