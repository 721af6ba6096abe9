package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** The runtime's objects as faults see and change them: as a person with kubectl would. */
final class Objects {
    static final String RUNTIME = "runtime";
    static final String SECOND_POD = "runtime-1";

    private static final int HTTP_CONFLICT = 409;
    private static final int ATTEMPTS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** The window of the metrics and a period of the autoscaler, and some more. */
    private static final Duration UNTIL_METRICS = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final ClusterReplica cluster;

    Objects(ClusterReplica cluster) {
        this.cluster = cluster;
    }

    ClusterReplica cluster() {
        return cluster;
    }

    String namespace() {
        return cluster.namespace();
    }

    List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(namespace())
                .withLabel("app", RUNTIME)
                .list()
                .getItems();
    }

    Optional<Pod> pod(String name) {
        return Optional.ofNullable(
                cluster.client().pods().inNamespace(namespace()).withName(name).get());
    }

    Optional<ContainerStatus> container(String pod) {
        return pod(pod).flatMap(found ->
                found.getStatus().getContainerStatuses().stream().findFirst());
    }

    boolean isReady(String pod) {
        return container(pod)
                .filter(status -> Boolean.TRUE.equals(status.getReady()))
                .isPresent();
    }

    void deletePod(String name) {
        cluster.client().pods().inNamespace(namespace()).withName(name).delete();
    }

    StatefulSet set() {
        return cluster.client()
                .apps()
                .statefulSets()
                .inNamespace(namespace())
                .withName(RUNTIME)
                .get();
    }

    void editSet(UnaryOperator<StatefulSetBuilder> change) {
        edit(
                cluster.client().apps().statefulSets().inNamespace(namespace()).withName(RUNTIME),
                set -> change.apply(new StatefulSetBuilder(set)).build());
    }

    /** Edits an object as kubectl does: again, if somebody else wrote in between. */
    static <T extends HasMetadata> void edit(Resource<T> object, UnaryOperator<T> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                object.edit(change);
                return;
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    /** All pods the StatefulSet wants are there and ready, none is on its way out, and all of them are counted. */
    boolean isCalm() {
        var set = set();
        int wanted = set.getSpec().getReplicas();
        var pods = pods();
        return Long.valueOf(set.getStatus().getObservedGeneration())
                        .equals(set.getMetadata().getGeneration())
                && pods.size() == wanted
                && pods.stream()
                        .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null
                                && isReady(pod.getMetadata().getName()))
                && Integer.valueOf(wanted).equals(set.getStatus().getReadyReplicas());
    }

    boolean isRolledOut() {
        var status = set().getStatus();
        return isCalm() && status.getUpdateRevision().equals(status.getCurrentRevision());
    }

    /** As rolled out, and for so long that the autoscaler has metrics of every new pod. */
    boolean isSettled() {
        var longAgo = Instant.now().minusMillis((long) (UNTIL_METRICS.toMillis() / cluster.speed()));
        return isRolledOut()
                && autoscalerSays("ScalingActive", "True", "ValidMetricFound")
                && pods().stream().allMatch(pod -> readySince(pod).isBefore(longAgo));
    }

    private static Instant readySince(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .findFirst()
                .orElse(Instant.MAX);
    }

    HorizontalPodAutoscaler autoscaler() {
        return cluster.client()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace())
                .withName(RUNTIME)
                .get();
    }

    void autoscalerBounds(int min, int max) {
        edit(
                cluster.client()
                        .autoscaling()
                        .v2()
                        .horizontalPodAutoscalers()
                        .inNamespace(namespace())
                        .withName(RUNTIME),
                autoscaler -> new HorizontalPodAutoscalerBuilder(autoscaler)
                        .editSpec()
                        .withMinReplicas(min)
                        .withMaxReplicas(max)
                        .endSpec()
                        .build());
    }

    boolean autoscalerSays(String type, String status, String reason) {
        return autoscaler().getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals(status)
                        && condition.getReason().equals(reason));
    }

    Optional<Job> job(String name) {
        return Optional.ofNullable(cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace())
                .withName(name)
                .get());
    }

    static boolean hasCondition(Job job, String type) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"));
    }

    List<Event> events(String reason) {
        return cluster.client().v1().events().inNamespace(namespace()).list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .toList();
    }

    /** Whether the pod that now has this name has such an event, with the text in its message. */
    boolean hasEventNow(String pod, String reason, String text) {
        return pod(pod).filter(now -> events(reason).stream()
                        .filter(event -> event.getMessage().contains(text))
                        .anyMatch(event -> now.getMetadata()
                                .getUid()
                                .equals(event.getInvolvedObject().getUid())))
                .isPresent();
    }

    /** Runs the gate again, so that the last smoke run is newer than what was done before. */
    void runGate() {
        Consumer<String> nobody = line -> {};
        var result = cluster.runSmokeGate(LIMIT, nobody);
        if (!result.isPassed()) {
            throw new IllegalStateException("the gate does not pass: " + result.outcomes());
        }
    }

    void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(condition::getAsBoolean);
    }
}
