package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many replicas the processor use of the pods asks for: the rules of the Kubernetes replica calculator, with its
 * defaults (tolerance 0.1, CPU initialization period 5 min, initial readiness delay 30 s).
 */
final class HpaUtilization {
    private static final double TOLERANCE = 0.1;

    private final Duration initializationPeriod;
    private final Duration initialReadinessDelay;

    /**
     * @param replicas how many replicas there should be
     * @param utilization of the request, in percent
     * @param average use of each pod, in thousandths of a processor
     */
    record Proposal(int replicas, int utilization, long average) {}

    /** Nothing can be proposed; the message is the one of the condition. */
    static final class NoProposal extends Exception {
        private static final long serialVersionUID = 1L;

        NoProposal(String message) {
            super(message);
        }
    }

    private record Ratio(double value, int utilization, long average) {}

    HpaUtilization(double speed) {
        initializationPeriod = Duration.ofMillis((long) (300_000 / speed));
        initialReadinessDelay = Duration.ofMillis((long) (30_000 / speed));
    }

    Proposal propose(int current, int target, List<Pod> pods, Map<String, PodMetrics.Sample> samples, Instant now)
            throws NoProposal {
        var alive = pods.stream()
                .filter(pod -> !Pods.isTerminating(pod) && !Pods.phase(pod).equals("Failed"))
                .toList();
        if (samples.isEmpty()) {
            throw new NoProposal(
                    "unable to get metrics for resource cpu: no metrics returned from resource metrics API");
        }
        if (alive.isEmpty()) {
            throw new NoProposal("no pods returned by selector while calculating replica count");
        }
        var requests = requests(alive);
        var used = new HashMap<String, Long>();
        var unready = new HashMap<String, Long>();
        var missing = new HashMap<String, Long>();
        for (var pod : alive) {
            var name = pod.getMetadata().getName();
            var sample = samples.get(name);
            if (Pods.phase(pod).equals("Pending")) {
                unready.put(name, 0L);
            } else if (sample == null) {
                missing.put(name, 0L);
            } else if (isUnready(pod, sample, now)) {
                unready.put(name, 0L);
            } else {
                used.put(name, sample.milliCores());
            }
        }
        if (used.isEmpty()) {
            throw new NoProposal("did not receive metrics for targeted pods (pods might be unready)");
        }
        int ready = used.size();
        var ratio = ratio(used, requests, target);
        boolean scaleUpWithUnready = !unready.isEmpty() && ratio.value() > 1.0;
        if (!scaleUpWithUnready && missing.isEmpty()) {
            return new Proposal(
                    isTolerable(ratio.value()) ? current : (int) Math.ceil(ratio.value() * ready),
                    ratio.utilization(),
                    ratio.average());
        }
        if (ratio.value() < 1.0) {
            missing.keySet().forEach(name -> used.put(name, requests.get(name) * Math.max(100, target) / 100));
        } else if (ratio.value() > 1.0) {
            used.putAll(missing);
        }
        if (scaleUpWithUnready) {
            used.putAll(unready);
        }
        var rebalanced = ratio(used, requests, target);
        int replicas = (int) Math.ceil(rebalanced.value() * used.size());
        boolean turned = ratio.value() < 1.0 != rebalanced.value() < 1.0;
        boolean against = ratio.value() < 1.0 ? replicas > current : replicas < current;
        return new Proposal(
                isTolerable(rebalanced.value()) || turned || against ? current : replicas,
                ratio.utilization(),
                ratio.average());
    }

    private boolean isUnready(Pod pod, PodMetrics.Sample sample, Instant now) {
        var ready = Pods.condition(pod, "Ready");
        var startTime = pod.getStatus().getStartTime();
        if (ready.isEmpty() || startTime == null) {
            return true;
        }
        boolean isFalse = ready.get().getStatus().equals("False");
        var changed = Instant.parse(ready.get().getLastTransitionTime());
        var started = Instant.parse(startTime);
        if (started.plus(initializationPeriod).isAfter(now)) {
            return isFalse || sample.at().isBefore(changed.plus(sample.window()));
        }
        return isFalse && started.plus(initialReadinessDelay).isAfter(changed);
    }

    private static Ratio ratio(Map<String, Long> used, Map<String, Long> requests, int target) {
        long use = used.values().stream().mapToLong(Long::longValue).sum();
        long request = used.keySet().stream().mapToLong(requests::get).sum();
        int utilization = (int) (use * 100 / request);
        return new Ratio((double) utilization / target, utilization, use / used.size());
    }

    private static boolean isTolerable(double ratio) {
        return Math.abs(1.0 - ratio) <= TOLERANCE;
    }

    private static Map<String, Long> requests(List<Pod> pods) throws NoProposal {
        var requests = new HashMap<String, Long>();
        for (var pod : pods) {
            long sum = 0;
            for (var container : pod.getSpec().getContainers()) {
                sum += request(pod, container);
            }
            requests.put(pod.getMetadata().getName(), sum);
        }
        return requests;
    }

    private static long request(Pod pod, Container container) throws NoProposal {
        var resources = container.getResources();
        Quantity cpu = resources == null || resources.getRequests() == null
                ? null
                : resources.getRequests().get("cpu");
        if (cpu == null) {
            throw new NoProposal("missing request for cpu in container %s of Pod %s"
                    .formatted(container.getName(), pod.getMetadata().getName()));
        }
        return cpu.getNumericalAmount().multiply(BigDecimal.valueOf(1000)).longValue();
    }
}
