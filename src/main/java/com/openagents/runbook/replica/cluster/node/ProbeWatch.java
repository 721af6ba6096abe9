package com.openagents.runbook.replica.cluster.node;

import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;

/** Asks one probe of a running container again and again, and says when its verdict changes. Runs on the pod's thread. */
final class ProbeWatch {
    private final PodThread thread;
    private final Probe probe;
    private final ProbeRequest request;
    private final Listener listener;
    private Boolean healthy;
    private int inARow;
    private boolean lastAnswer;
    private boolean stopped;
    private Future<?> next;

    interface Listener {
        /** The probe has made up its mind, or changed it. */
        void verdict(boolean healthy);

        /** One answer was bad. */
        void failed(String message);
    }

    ProbeWatch(PodThread thread, Probe probe, ProbeRequest request, Listener listener) {
        this.thread = thread;
        this.probe = probe;
        this.request = request;
        this.listener = listener;
    }

    void start() {
        int delay = Objects.requireNonNullElse(probe.getInitialDelaySeconds(), 0);
        next = thread.after(thread.faster(Duration.ofSeconds(delay)), this::ask);
    }

    private void ask() {
        if (!stopped) {
            thread.ask(request::ask, this::answered);
        }
    }

    private void answered(Optional<String> complaint) {
        if (stopped) {
            return;
        }
        boolean good = complaint.isEmpty();
        inARow = good == lastAnswer ? inARow + 1 : 1;
        lastAnswer = good;
        int threshold = good
                ? Objects.requireNonNullElse(probe.getSuccessThreshold(), 1)
                : Objects.requireNonNullElse(probe.getFailureThreshold(), 3);
        complaint.ifPresent(listener::failed);
        if (inARow >= threshold && (healthy == null || healthy != good)) {
            healthy = good;
            listener.verdict(good);
        }
        if (!stopped) {
            int period = Objects.requireNonNullElse(probe.getPeriodSeconds(), 10);
            next = thread.after(thread.faster(Duration.ofSeconds(period)), this::ask);
        }
    }

    void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
