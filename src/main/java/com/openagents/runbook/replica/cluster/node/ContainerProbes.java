package com.openagents.runbook.replica.cluster.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The three probes of a container: startup before all others, readiness and liveness from then on. */
final class ContainerProbes {
    private final NodeContext node;
    private final PodThread thread;
    private final Pod pod;
    private final String podIp;
    private final Container container;
    private final ContainerRecord record;
    private final Runnable changed;
    private final Runnable unhealthy;
    private final List<ProbeWatch> watches = new ArrayList<>();
    private ProbeWatch liveness;

    ContainerProbes(
            NodeContext node,
            PodThread thread,
            Pod pod,
            String podIp,
            Container container,
            ContainerRecord record,
            Runnable changed,
            Runnable unhealthy) {
        this.node = node;
        this.thread = thread;
        this.pod = pod;
        this.podIp = podIp;
        this.container = container;
        this.record = record;
        this.changed = changed;
        this.unhealthy = unhealthy;
    }

    void start() {
        if (container.getStartupProbe() == null) {
            startOthers();
        } else {
            watch("Startup", container.getStartupProbe(), this::startupVerdict);
        }
    }

    private void startupVerdict(boolean healthy) {
        if (!healthy) {
            stop();
            unhealthy.run();
            return;
        }
        stop();
        record.started(true);
        startOthers();
        changed.run();
    }

    private void startOthers() {
        if (container.getReadinessProbe() == null) {
            record.ready(true);
        } else {
            watch("Readiness", container.getReadinessProbe(), healthy -> {
                record.ready(healthy);
                changed.run();
            });
        }
        if (container.getLivenessProbe() != null) {
            liveness = watch("Liveness", container.getLivenessProbe(), healthy -> {
                if (!healthy) {
                    stopLiveness();
                    unhealthy.run();
                }
            });
        }
    }

    private ProbeWatch watch(String kind, Probe probe, Consumer<Boolean> verdict) {
        var request = new ProbeRequest(kind.toLowerCase(Locale.ROOT), probe, container, podIp);
        var watch = new ProbeWatch(thread, probe, request, new ProbeWatch.Listener() {
            @Override
            public void verdict(boolean healthy) {
                verdict.accept(healthy);
            }

            @Override
            public void failed(String message) {
                node.event(pod, container.getName(), "Warning", "Unhealthy", kind + " probe failed: " + message);
            }
        });
        watches.add(watch);
        watch.start();
        return watch;
    }

    void stopLiveness() {
        if (liveness != null) {
            liveness.stop();
        }
    }

    void stop() {
        watches.forEach(ProbeWatch::stop);
        watches.clear();
    }
}
