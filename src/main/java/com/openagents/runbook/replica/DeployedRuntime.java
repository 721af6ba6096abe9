package com.openagents.runbook.replica;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The replica's manifests, applied to a namespace of a real cluster. */
public final class DeployedRuntime {
    private static final String RESOURCES = "/com/openagents/runbook/replica/cluster/";

    private static final Duration READY_LIMIT = Duration.ofMinutes(5);
    private static final int PODS = 2;

    private final KubernetesClient client;
    private final String namespace;
    private final List<EnvVar> local;

    /**
     * @param namespace made by {@link #apply}
     * @param settings variables of every pod besides those of the manifests
     */
    public DeployedRuntime(KubernetesClient client, String namespace, Map<String, String> settings) {
        this.client = client;
        this.namespace = namespace;
        this.local = settings.entrySet().stream()
                .map(setting -> new EnvVar(setting.getKey(), setting.getValue(), null))
                .toList();
    }

    /** Variables that tell pods where what they call is. */
    public static Map<String, String> beside(String controlPlane, String provider) {
        var variables = new HashMap<String, String>();
        variables.put("OA_RUNTIME_INTERNAL_LARAVEL_BASE_URL", controlPlane);
        for (var name : List.of("GITHUB", "RESEND", "POSTMARK")) {
            variables.put("OA_REPLICA_" + name + "_BASE_URL", provider);
        }
        return variables;
    }

    /**
     * A namespace with two pods of an image, and a revision of the image before to go back to.
     *
     * @param secret what the pods find in their Secret
     */
    public void apply(Map<String, String> secret, String image, String before) throws IOException {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("runtime-secrets")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(secret)
                        .build())
                .create();
        manifests().filter(StatefulSet.class::isInstance).forEach(set -> apply(set, before, 0));
        awaitRevisions(1);
        manifests().forEach(object -> apply(object, image, PODS));
        awaitReady();
    }

    private Stream<HasMetadata> manifests() throws IOException {
        try (var yaml = DeployedRuntime.class.getResourceAsStream(RESOURCES + "runtime.yaml")) {
            return client.load(yaml).items().stream();
        }
    }

    private void apply(HasMetadata object, String image, int replicas) {
        object.getMetadata().setNamespace(namespace);
        var applied = object instanceof StatefulSet set
                ? new StatefulSetBuilder(set)
                        .editSpec()
                        .withReplicas(replicas)
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage(image)
                        .addAllToEnv(local)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build()
                : object;
        client.resource(applied).forceConflicts().serverSideApply();
    }

    private void awaitRevisions(int number) {
        Awaitility.await("revision " + number)
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.apps()
                                .controllerRevisions()
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .size()
                        >= number);
    }

    private void awaitReady() {
        try {
            Awaitility.await("both pods to be ready")
                    .atMost(READY_LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> Integer.valueOf(PODS).equals(set().getReadyReplicas()));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    "the runtime pods were not ready within " + READY_LIMIT.toMinutes() + " min: " + states(), e);
        }
    }

    private StatefulSetStatus set() {
        return client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("runtime")
                .get()
                .getStatus();
    }

    private String states() {
        return client.pods().inNamespace(namespace).withLabel("app", "runtime").list().getItems().stream()
                .map(pod -> pod.getMetadata().getName() + " " + pod.getStatus().getPhase() + " "
                        + pod.getStatus().getContainerStatuses().stream()
                                .map(ContainerStatus::getState)
                                .filter(state -> state.getWaiting() != null)
                                .map(state -> state.getWaiting().getReason())
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }
}
