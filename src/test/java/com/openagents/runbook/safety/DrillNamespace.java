package com.openagents.runbook.safety;

import static com.openagents.runbook.replica.cluster.SharedCluster.await;

import com.openagents.runbook.environment.DrillProcess;
import com.openagents.runbook.environment.FileOperator;
import com.openagents.runbook.replica.database.DatabaseReplica;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A namespace with all that drills change: two releases, two pods, a disruption budget, secrets and a gate. */
final class DrillNamespace {
    private static final String JOB = """
            apiVersion: batch/v1
            kind: Job
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: main
                      image: none
                      command: ["/bin/sh", "-c", "echo ran"]
            """;

    private final KubernetesClient client;
    private final String namespace;
    private final String image;
    private final DatabaseReplica database;
    private final Path folder;

    private DrillNamespace(DrillPlace place, String namespace, DatabaseReplica database, Path folder) {
        this.client = place.client();
        this.image = place.shell();
        this.namespace = namespace;
        this.database = database;
        this.folder = folder;
    }

    static DrillNamespace in(DrillPlace place, String name, DatabaseReplica database, Path folder) throws IOException {
        place.create(name);
        var made = new DrillNamespace(place, name, database, folder);
        made.create();
        return made;
    }

    String name() {
        return namespace;
    }

    KubernetesClient client() {
        return client;
    }

    /** What a drill and a recovery stand on; another machine has a folder of its own. */
    Ground ground(String machine) {
        return DrillProcess.ground(client, namespace, folder.resolve(machine), database.jdbcUrl(DatabaseReplica.DEV));
    }

    FileOperator operator() {
        return DrillProcess.operator(folder.resolve("any"));
    }

    Secret secret() {
        return client.secrets()
                .inNamespace(namespace)
                .withName("runtime-secrets")
                .get();
    }

    private void create() throws IOException {
        Files.createDirectories(folder.resolve("gate"));
        Files.writeString(folder.resolve("gate/runtime-migrate-job.yaml"), JOB);
        Files.writeString(folder.resolve("gate/runtime-smoke-job.yaml"), JOB);
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("runtime-secrets")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(Map.of(
                                "DATABASE_URL",
                                database.ectoUrl(DatabaseReplica.DEV),
                                "RUNTIME_SIGNATURE_SECRET",
                                "of-old",
                                "SECRET_KEY_BASE",
                                "of-old-too"))
                        .build())
                .create();
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withName("runtime")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withMinAvailable(new IntOrString(1))
                        .withNewSelector()
                        .addToMatchLabels("app", "runtime")
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
        release("one");
        awaitSteady();
        Edit.of(
                client.apps().statefulSets().inNamespace(namespace).withName("runtime"),
                set -> new StatefulSetBuilder(set)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withEnv(new EnvVar("RELEASE", "two", null))
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        awaitSteady();
    }

    private void release(String name) {
        client.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName("runtime")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withServiceName("runtime")
                        .withReplicas(2)
                        .withPodManagementPolicy("Parallel")
                        .withNewSelector()
                        .addToMatchLabels("app", "runtime")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "runtime")
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .addNewContainer()
                        .withName("main")
                        .withImage(image)
                        .withCommand("/bin/sh", "-c", "trap 'sleep 0.2; exit' TERM; sleep 1000 & wait")
                        .withEnv(new EnvVar("RELEASE", name, null))
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    void awaitSteady() {
        var steady = new SteadyState(ground("anywhere"));
        await(
                "the runtime to be steady and its budget to be counted",
                () -> steady.problem().isEmpty()
                        && client.policy()
                                        .v1()
                                        .podDisruptionBudget()
                                        .inNamespace(namespace)
                                        .withName("runtime")
                                        .get()
                                        .getStatus()
                                        .getDisruptionsAllowed()
                                == 1);
    }
}
