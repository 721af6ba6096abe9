package com.openagents.runbook.replica.cluster.faults;

import static com.openagents.runbook.replica.cluster.faults.Objects.SECOND_POD;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.faults.ProcessFaults;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What can go wrong with pods. */
final class PodFaults {
    private static final long TOO_LITTLE_MEMORY = 1024L * 1024;
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(62);
    private static final String QUOTA = "runtime-pods";

    private PodFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(
                crashLoop(),
                restarted(),
                notReady(),
                missing(),
                outOfMemory(),
                imagePullBackOff(),
                stuckTerminating(),
                healthNeedsSignature());
    }

    private static Fault<ClusterReplica> crashLoop() {
        return new ClusterFault(
                "pod-crash-loop",
                "The process of runtime-1 exits with status 1 soon after each start.",
                "runtime-1 is in CrashLoopBackOff and was restarted within the last hour",
                objects -> {
                    objects.cluster().dials().addFaultWords(SECOND_POD, Set.of(ProcessFaults.CRASH_ON_START));
                    objects.cluster().crash(SECOND_POD);
                },
                // From the fourth restart on the back-off is long enough to be seen by whoever looks.
                container(status -> status.getRestartCount() >= 4 && isWaiting(status, "CrashLoopBackOff")));
    }

    private static Fault<ClusterReplica> restarted() {
        return new ClusterFault(
                "pod-restarted",
                "The process of runtime-1 was killed once; it runs again and is ready.",
                "runtime-1 was restarted within the last hour",
                objects -> objects.cluster().crash(SECOND_POD),
                container(status -> status.getRestartCount() >= 1 && Boolean.TRUE.equals(status.getReady())));
    }

    private static Fault<ClusterReplica> stuckTerminating() {
        return new ClusterFault(
                "pod-stuck-terminating",
                "A finalizer that nobody takes away holds the deleted runtime-1, a minute beyond its grace period.",
                "runtime-1 is still there 1 min after its grace period",
                objects -> {
                    var pod = objects.cluster()
                            .client()
                            .pods()
                            .inNamespace(objects.namespace())
                            .withName(SECOND_POD);
                    Objects.edit(
                            pod,
                            seen -> new PodBuilder(seen)
                                    .editMetadata()
                                    .addToFinalizers("openagents.io/held-by-a-fault")
                                    .endMetadata()
                                    .build());
                    pod.withGracePeriod(1).delete();
                },
                objects -> objects.pod(SECOND_POD)
                        .map(pod -> pod.getMetadata().getDeletionTimestamp())
                        .filter(due -> Instant.parse(due).plus(BEYOND_GRACE).isBefore(Instant.now()))
                        .isPresent());
    }

    private static Fault<ClusterReplica> notReady() {
        return new ClusterFault(
                "pod-not-ready",
                "runtime-1 answers its readiness probe with 503 and its liveness probe with 200, so nobody restarts it.",
                "runtime-1 is not ready",
                objects -> {
                    objects.cluster().dials().addFaultWords(SECOND_POD, Set.of(ProcessFaults.NOT_READY));
                    replace(objects, SECOND_POD);
                },
                objects -> objects.hasEventNow(SECOND_POD, "Unhealthy", "statuscode: 503")
                        && objects.container(SECOND_POD)
                                .filter(status -> status.getState().getRunning() != null && !status.getReady())
                                .isPresent());
    }

    private static Fault<ClusterReplica> missing() {
        return new ClusterFault(
                "pod-missing",
                "A ResourceQuota allows one pod only, so a deleted runtime-1 is not created again.",
                "1 runtime pod where the StatefulSet asks for 2",
                objects -> {
                    var client = objects.cluster().client();
                    client.resource(new ResourceQuotaBuilder()
                                    .withNewMetadata()
                                    .withName(QUOTA)
                                    .withNamespace(objects.namespace())
                                    .endMetadata()
                                    .withNewSpec()
                                    .withHard(Map.of("pods", new Quantity("1")))
                                    .endSpec()
                                    .build())
                            .create();
                    objects.await("count of the quota", () -> {
                        var quota = client.resourceQuotas()
                                .inNamespace(objects.namespace())
                                .withName(QUOTA)
                                .get();
                        return quota.getStatus() != null
                                && quota.getStatus().getUsed() != null
                                && !quota.getStatus().getUsed().isEmpty();
                    });
                    objects.deletePod(SECOND_POD);
                },
                objects -> objects.pod(SECOND_POD).isEmpty()
                        && !objects.events("FailedCreate").isEmpty()
                        && Integer.valueOf(1).equals(objects.set().getStatus().getReplicas()));
    }

    private static Fault<ClusterReplica> outOfMemory() {
        return new ClusterFault(
                "pod-out-of-memory",
                "The kernel killed the process of runtime-1 for its memory; it runs again.",
                "runtime-1 was restarted within the last hour, last exit 137 (OOMKilled)",
                objects -> objects.cluster().dials().memoryLimitOnce(SECOND_POD, TOO_LITTLE_MEMORY),
                container(status -> Boolean.TRUE.equals(status.getReady())
                        && status.getLastState().getTerminated() != null
                        && "OOMKilled"
                                .equals(status.getLastState().getTerminated().getReason())));
    }

    private static Fault<ClusterReplica> imagePullBackOff() {
        return new ClusterFault(
                "image-pull-back-off",
                "The image has gone from the registry; a new runtime-1 cannot pull it.",
                "runtime-1 is waiting to start: ImagePullBackOff",
                objects -> {
                    objects.cluster().images().remove(image(objects));
                    replace(objects, SECOND_POD);
                },
                container(status -> isWaiting(status, "ImagePullBackOff")));
    }

    private static Fault<ClusterReplica> healthNeedsSignature() {
        return new ClusterFault(
                "health-needs-signature",
                "As published (contract 18.1, A1), in runtime-1 only: health answers 401 to probes, so the pod never becomes"
                        + " ready and is restarted again and again.",
                "runtime-1 is not ready; its probes are answered 401",
                objects -> {
                    objects.cluster().dials().addFaultWords(SECOND_POD, Set.of(ProcessFaults.HEALTH_NEEDS_SIGNATURE));
                    replace(objects, SECOND_POD);
                },
                objects -> !objects.isReady(SECOND_POD)
                        && objects.hasEventNow(SECOND_POD, "Unhealthy", "statuscode: 401"));
    }

    private static void replace(Objects objects, String pod) {
        var before = objects.pod(pod).orElseThrow().getMetadata().getUid();
        objects.deletePod(pod);
        objects.await(
                "new " + pod,
                () -> objects.pod(pod)
                        .filter(now -> !now.getMetadata().getUid().equals(before))
                        .isPresent());
    }

    private static String image(Objects objects) {
        return objects.set()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    private static Predicate<Objects> container(Predicate<ContainerStatus> condition) {
        return objects -> objects.container(SECOND_POD).filter(condition).isPresent();
    }

    private static boolean isWaiting(ContainerStatus status, String reason) {
        return status.getState().getWaiting() != null
                && reason.equals(status.getState().getWaiting().getReason());
    }
}
