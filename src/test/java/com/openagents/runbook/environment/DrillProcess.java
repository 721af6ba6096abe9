package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.safety.Change;
import com.openagents.runbook.safety.Drill;
import com.openagents.runbook.safety.DrillSession;
import com.openagents.runbook.safety.Ground;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.kubernetes.Kubectl;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that makes one drill, to be killed at any moment. Ends with 0 when everything is put back. */
public final class DrillProcess {
    /** The drills, each with all kinds of changes that the features make. */
    public enum Kind {
        ROLLBACK,
        SECRET,
        PASSWORD,
        KILL,
        RESTART,
        EVICT,
        CUT,
        HOLD,
        CONTROL_PLANE,
        SCHEMA
    }

    private DrillProcess() {}

    /** @param arguments the drill, the kubeconfig, the namespace, the folder, the URL of the database */
    public static void main(String[] arguments) throws IOException {
        var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(Path.of(arguments[1]))))
                .build();
        var ground = ground(client, arguments[2], Path.of(arguments[3]), arguments[4]);
        var session = DrillSession.open(ground, "run", "a test", new Redactor(), said -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(session::close));
        var drill = session.drill(seen -> {});
        drill.begin();
        play(Kind.valueOf(arguments[0]), drill, client, ground);
        System.exit(drill.putBack().problems().isEmpty() ? 0 : 1);
    }

    /** @param folder holds the journals, and the manifests of the gate in {@code gate} */
    public static Ground ground(KubernetesClient client, String namespace, Path folder, String database) {
        var connection = new DatabaseConnection(database, DatabaseReplica.POSTGRES, () -> DatabaseReplica.POSTGRES);
        return new Ground(
                "test",
                client,
                new Kubectl("", namespace),
                Optional.of(new PostgresHands(connection, DatabaseExpectations.defaults())),
                Optional.of(operator(folder)),
                folder,
                folder.resolveSibling("gate"),
                text -> text);
    }

    /** The control plane of a namespace whose journals are in the folder, on whichever machine. */
    public static FileOperator operator(Path folder) {
        return new FileOperator(folder.resolveSibling("control-plane"));
    }

    private static void play(Kind kind, Drill drill, KubernetesClient client, Ground ground) {
        var cluster = drill.cluster();
        switch (kind) {
            case ROLLBACK -> {
                make(drill, cluster.rollBackTo(revisionBefore(client, ground)));
                drill.awaitSteady();
            }
            case SECRET ->
                make(
                        drill,
                        drill.secrets()
                                .changeSecrets(Map.of(
                                        "RUNTIME_SIGNATURE_SECRET",
                                        Optional.of(drill.secrets().newValue()),
                                        "SECRET_KEY_BASE",
                                        Optional.empty())),
                        cluster.restartPods(),
                        cluster.runGate(result -> {}));
            case PASSWORD ->
                make(
                        drill,
                        drill.secrets().changeDatabasePassword(drill.secrets().newValue()),
                        cluster.restartPods(),
                        cluster.runGate(result -> {}));
            case KILL -> make(drill, drill.database().killExecutingPod(() -> anOwner(client, ground)));
            case RESTART -> make(drill, cluster.restartPods());
            case EVICT -> make(drill, cluster.evictTwo("runtime-0", "runtime-1", answer -> {}));
            case CUT -> make(drill, drill.database().cutDatabaseSessions());
            case CONTROL_PLANE ->
                make(
                        drill,
                        drill.secrets()
                                .changeSecrets(Map.of(
                                        "RUNTIME_SIGNATURE_SECRET",
                                        Optional.of(drill.secrets().newValue()))),
                        drill.operator().switchMint("new", drill.secrets().newValue()),
                        drill.operator().trustInternal(drill.secrets().newValue()));
            case SCHEMA -> make(drill, drill.operator().rollBackMigration(1));
            case HOLD -> make(drill, drill.database().holdEvents(Duration.ofMillis(200)));
        }
    }

    private static void make(Drill drill, Change... changes) {
        drill.mean(List.of(changes));
        List.of(changes).forEach(drill::make);
    }

    private static Optional<String> anOwner(KubernetesClient client, Ground ground) {
        return client.pods().inNamespace(ground.namespace()).withLabel("app", "runtime").list().getItems().stream()
                .map(pod -> "runtime@" + pod.getStatus().getPodIP() + ":agent")
                .findFirst();
    }

    private static String revisionBefore(KubernetesClient client, Ground ground) {
        var current = client.apps()
                .statefulSets()
                .inNamespace(ground.namespace())
                .withName("runtime")
                .get()
                .getStatus()
                .getUpdateRevision();
        return client.apps().controllerRevisions().inNamespace(ground.namespace()).list().getItems().stream()
                .map(revision -> revision.getMetadata().getName())
                .filter(name -> !name.equals(current))
                .findFirst()
                .orElseThrow();
    }
}
