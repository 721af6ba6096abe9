package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.controller.PodMetrics;
import com.openagents.runbook.replica.cluster.controller.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Processor use of the pods' processes, averaged over a minute. What a process used before its pod was ready does not
 * count, and for a pod that is younger than a minute the missing time counts as idle: starting is no load to scale by.
 */
final class CpuMetrics implements PodMetrics, AutoCloseable {
    private static final Duration AVERAGED = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final NodeContext node;
    private final Supplier<Collection<PodWorker>> pods;
    private final Map<String, Deque<Reading>> readings = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.daemon("metrics"));

    private record Reading(Instant at, Duration cpu) {}

    CpuMetrics(NodeContext node, Supplier<Collection<PodWorker>> pods) {
        this.node = node;
        this.pods = pods;
        timer.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        var now = node.cluster().clock().instant();
        var seen = pods.get();
        readings.keySet()
                .retainAll(seen.stream()
                        .filter(pod -> pod.readySince().isPresent())
                        .map(CpuMetrics::uid)
                        .toList());
        seen.stream().filter(pod -> pod.readySince().isPresent()).forEach(pod -> read(pod, now));
    }

    private void read(PodWorker pod, Instant now) {
        var cpu = pod.containers().stream()
                .map(ContainerWorker::process)
                .flatMap(Optional::stream)
                .map(ContainerProcess::cpu)
                .reduce(Duration.ZERO, Duration::plus);
        var of = readings.computeIfAbsent(uid(pod), uid -> new ArrayDeque<>());
        synchronized (of) {
            of.addLast(new Reading(now, cpu));
            while (of.getFirst().at().plus(AVERAGED).isBefore(now)) {
                of.removeFirst();
            }
        }
    }

    @Override
    public Map<String, Sample> cpu(String namespace) throws MetricsUnavailable {
        if (node.dials().metricsAreUnavailable()) {
            throw new MetricsUnavailable(
                    "the server is currently unable to handle the request (get pods.metrics.k8s.io)");
        }
        var samples = new HashMap<String, Sample>();
        for (var pod : pods.get()) {
            var metadata = pod.pod().getMetadata();
            if (metadata.getNamespace().equals(namespace)) {
                sample(pod).ifPresent(sample -> samples.put(metadata.getName(), sample));
            }
        }
        return samples;
    }

    private Optional<Sample> sample(PodWorker pod) {
        var of = readings.get(uid(pod));
        if (of == null) {
            return Optional.empty();
        }
        synchronized (of) {
            if (of.size() < 2) {
                return Optional.empty();
            }
            var used = of.getLast().cpu().minus(of.getFirst().cpu());
            long milliCores = Math.max(0, used.toMillis() * 1000 / AVERAGED.toMillis())
                    + node.dials().loadOf(pod.pod().getMetadata().getName());
            return Optional.of(new Sample(milliCores, of.getLast().at(), LOOK));
        }
    }

    private static String uid(PodWorker pod) {
        return pod.pod().getMetadata().getUid();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
