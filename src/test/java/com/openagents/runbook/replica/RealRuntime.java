package com.openagents.runbook.replica;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The replica's manifests, applied to a namespace of a real cluster. */
final class RealRuntime {
    private static final String RESOURCES = "/com/openagents/runbook/replica/cluster/";

    private final KubernetesClient client;
    private final String namespace;
    private final List<EnvVar> local;

    /** @param local settings that name what is on this machine */
    RealRuntime(KubernetesClient client, String namespace, List<EnvVar> local) {
        this.client = client;
        this.namespace = namespace;
        this.local = local;
    }

    /** Two pods of an image, with a revision of the one before to go back to. */
    void apply(String image, String before) throws IOException {
        manifests().filter(StatefulSet.class::isInstance).forEach(set -> apply(set, before, 0));
        awaitRevisions(1);
        manifests().forEach(object -> apply(object, image, 2));
        autoscale();
        awaitReady();
    }

    private Stream<HasMetadata> manifests() throws IOException {
        try (var yaml = RealRuntime.class.getResourceAsStream(RESOURCES + "runtime.yaml")) {
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
        Awaitility.await("both pods to be ready")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    var status = client.apps()
                            .statefulSets()
                            .inNamespace(namespace)
                            .withName("runtime")
                            .get()
                            .getStatus();
                    return Integer.valueOf(2).equals(status.getReadyReplicas());
                });
    }

    /** The cluster has no metrics: what its autoscaler would say is written by hand. */
    private void autoscale() {
        var now = Instant.now().toString();
        var autoscaler = client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName("runtime");
        autoscaler.editStatus(found -> new HorizontalPodAutoscalerBuilder(found)
                .withNewStatus()
                .withCurrentReplicas(2)
                .withDesiredReplicas(2)
                .addNewCurrentMetric()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewCurrent()
                .withAverageUtilization(35)
                .endCurrent()
                .endResource()
                .endCurrentMetric()
                .addToConditions(new HorizontalPodAutoscalerCondition(
                        now, "by hand", null, "ReadyForNewScale", "True", "AbleToScale"))
                .addToConditions(new HorizontalPodAutoscalerCondition(
                        now, "by hand", null, "ValidMetricFound", "True", "ScalingActive"))
                .endStatus()
                .build());
    }
}
