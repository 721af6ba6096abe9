package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;

/** What can go wrong with the autoscaler. */
final class AutoscalerFaults {
    private static final int CALM = 4;
    private static final int SWINGS = 3;
    private static final long TWICE_THE_REQUEST = 400;

    private AutoscalerFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(blind(), atMaximum(), flapping());
    }

    private static Fault<ClusterReplica> blind() {
        return new ClusterFault(
                "hpa-blind",
                "The metrics API does not answer, so the autoscaler cannot see the load.",
                "the autoscaler is not active: FailedGetResourceMetric",
                objects -> objects.cluster().dials().metricsUnavailable(true),
                objects -> objects.autoscalerSays("ScalingActive", "False", "FailedGetResourceMetric"));
    }

    private static Fault<ClusterReplica> atMaximum() {
        return new ClusterFault(
                "hpa-at-maximum",
                "Load keeps the autoscaler at its upper bound, which was lowered to 3.",
                "the autoscaler is at its maximum of 3 replicas",
                objects -> {
                    objects.autoscalerBounds(2, 3);
                    objects.cluster().dials().addLoad(TWICE_THE_REQUEST);
                },
                objects -> objects.isCalm()
                        && objects.set().getSpec().getReplicas() == 3
                        && Integer.valueOf(3)
                                .equals(objects.autoscaler().getStatus().getCurrentReplicas())
                        && objects.autoscalerSays("ScalingLimited", "True", "TooManyReplicas"));
    }

    private static Fault<ClusterReplica> flapping() {
        return new ClusterFault(
                "hpa-flapping",
                "Somebody kept moving the autoscaler's bounds: it scaled up and down six times, and is calm at 2 pods now.",
                "the autoscaler rescaled more than 4 times within the last hour",
                objects -> {
                    for (int swing = 0; swing < SWINGS; swing++) {
                        objects.autoscalerBounds(3, 6);
                        objects.await(
                                "3 replicas", () -> objects.set().getSpec().getReplicas() == 3);
                        objects.autoscalerBounds(2, 2);
                        objects.await(
                                "2 replicas", () -> objects.set().getSpec().getReplicas() == 2);
                    }
                    objects.autoscalerBounds(2, 6);
                },
                objects -> objects.isCalm()
                        && Integer.valueOf(2)
                                .equals(objects.autoscaler().getStatus().getCurrentReplicas())
                        && Integer.valueOf(2)
                                .equals(objects.autoscaler().getStatus().getDesiredReplicas())
                        && objects.events("SuccessfulRescale").stream()
                                        .mapToInt(Event::getCount)
                                        .sum()
                                > CALM
                        && objects.autoscalerSays("ScalingLimited", "False", "DesiredWithinRange"));
    }
}
