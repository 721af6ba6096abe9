package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.controller.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.time.Instant;
import java.util.UUID;

/** What the node says about one container: its state now, its last end, how often it was started again. */
final class ContainerRecord {

    private final Container container;
    private ContainerState state;
    private ContainerState last = new ContainerState();
    private String containerId;
    private String imageId = "";
    private int restarts = -1;
    private Instant startedAt;
    private boolean ready;
    private boolean started;

    ContainerRecord(Container container) {
        this.container = container;
        waiting("ContainerCreating", null);
    }

    void waiting(String reason, String message) {
        if (state != null && state.getTerminated() != null) {
            last = state;
        }
        state = new ContainerStateBuilder().withNewWaiting(message, reason).build();
        ready = false;
        started = false;
    }

    void image(String id) {
        imageId = id;
    }

    /** A new start, of which nothing is known yet but that there will be one. */
    void created() {
        if (state.getTerminated() != null) {
            last = state;
        }
        restarts++;
        containerId = "containerd://" + ImageStore.digest(UUID.randomUUID().toString());
    }

    void running(Instant now, boolean hasStartupProbe) {
        startedAt = now;
        state = new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(Pods.time(now))
                .endRunning()
                .build();
        started = !hasStartupProbe;
    }

    void terminated(int exitCode, String reason, String message, Instant now) {
        state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .withStartedAt(Pods.time(startedAt == null ? now : startedAt))
                .withFinishedAt(Pods.time(now))
                .withContainerID(containerId)
                .endTerminated()
                .build();
        ready = false;
        started = false;
    }

    void ready(boolean value) {
        ready = value && state.getRunning() != null;
    }

    boolean isReady() {
        return ready;
    }

    void started(boolean value) {
        started = value;
    }

    boolean isStarted() {
        return started;
    }

    boolean isRunning() {
        return state.getRunning() != null;
    }

    boolean isTerminated() {
        return state.getTerminated() != null;
    }

    /** Whether it ever ran, or tried to. */
    boolean wasCreated() {
        return restarts >= 0;
    }

    int exitCode() {
        return state.getTerminated() == null ? 0 : state.getTerminated().getExitCode();
    }

    int restarts() {
        return Math.max(0, restarts);
    }

    Instant startedAt() {
        return startedAt;
    }

    ContainerStatus status() {
        return new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID(wasCreated() ? imageId : "")
                .withContainerID(containerId)
                .withRestartCount(restarts())
                .withReady(ready)
                .withStarted(started)
                .withState(state)
                .withLastState(last)
                .build();
    }
}
