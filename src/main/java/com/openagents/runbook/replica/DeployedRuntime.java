package com.openagents.runbook.replica;

import com.openagents.runbook.replica.cluster.Manifests;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The replica's manifests, applied to a namespace of a real cluster. */
public final class DeployedRuntime {
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
    public void apply(Map<String, String> secret, String image, String before) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        var manifests = new Manifests(client);
        client.resource(manifests.secrets(namespace, secret)).create();
        apply(configured(manifests.runtimeSet(before, 0)));
        awaitRevision();
        manifests.runtime().stream()
                .map(object -> object instanceof StatefulSet ? configured(manifests.runtimeSet(image, PODS)) : object)
                .forEach(this::apply);
        awaitReady();
    }

    private StatefulSet configured(StatefulSet set) {
        return new StatefulSetBuilder(set)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .addAllToEnv(local)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private void apply(HasMetadata object) {
        object.getMetadata().setNamespace(namespace);
        client.resource(object).forceConflicts().serverSideApply();
    }

    private void awaitRevision() {
        Awaitility.await("the revision of the release before")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !client.apps()
                        .controllerRevisions()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty());
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
