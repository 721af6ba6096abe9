package com.openagents.runbook.replica.cluster.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;

/** Brings one container up and keeps it up, as far as the pod's restart policy wants. Runs on the pod's thread. */
final class ContainerWorker {
    private static final int OUT_OF_MEMORY = 137;
    private static final int START_ERROR = 128;
    private static final Duration SYNC = Duration.ofSeconds(10);

    private final NodeContext node;
    private final PodThread thread;
    private final Pod pod;
    private final String podIp;
    private final Container container;
    private final ContainerRecord record;
    private final ContainerLauncher launcher;
    private final CrashBackOff backOff;
    private final CrashBackOff pullBackOff;
    private final ContainerProbes probes;
    private final Runnable changed;
    private volatile ContainerProcess process;
    private volatile boolean outOfMemory;
    private boolean stopping;
    private Future<?> next;
    private Future<?> kill;

    ContainerWorker(NodeContext node, PodThread thread, Pod pod, String podIp, Container container, Runnable changed) {
        this.node = node;
        this.thread = thread;
        this.pod = pod;
        this.podIp = podIp;
        this.container = container;
        this.changed = changed;
        this.record = new ContainerRecord(container);
        this.launcher = new ContainerLauncher(node, pod, container);
        this.backOff = new CrashBackOff(node.cluster().speed());
        this.pullBackOff = new CrashBackOff(node.cluster().speed());
        this.probes = new ContainerProbes(node, thread, pod, podIp, container, record, changed, this::restartUnhealthy);
    }

    ContainerRecord record() {
        return record;
    }

    String name() {
        return container.getName();
    }

    Optional<ContainerProcess> process() {
        return Optional.ofNullable(process);
    }

    void start() {
        if (stopping) {
            return;
        }
        var image = node.images().find(container.getImage());
        if (image.isEmpty()) {
            pullFailed();
            return;
        }
        event("Normal", "Pulled", pulled());
        try {
            var environment = new ContainerEnvironment(node.cluster().client(), pod, podIp, node.address());
            create(image.get(), environment.of(container));
        } catch (ContainerEnvironment.ConfigError error) {
            record.waiting("CreateContainerConfigError", error.getMessage());
            event("Warning", "Failed", "Error: " + error.getMessage());
            later(SYNC);
        } catch (IOException error) {
            startFailed(error);
        }
        changed.run();
    }

    private String pulled() {
        return "Always".equals(container.getImagePullPolicy())
                ? "Successfully pulled image \"%s\" in 1ms (1ms including waiting). Image size: 0 bytes."
                        .formatted(container.getImage())
                : "Container image \"%s\" already present on machine".formatted(container.getImage());
    }

    private void pullFailed() {
        var image = container.getImage();
        var why = "failed to pull and unpack image \"%s\": failed to resolve reference \"%s\": %s: not found"
                .formatted(image, image, image);
        event("Normal", "Pulling", "Pulling image \"%s\"".formatted(image));
        event(
                "Warning",
                "Failed",
                "Failed to pull image \"%s\": rpc error: code = NotFound desc = %s".formatted(image, why));
        event("Warning", "Failed", "Error: ErrImagePull");
        record.waiting("ErrImagePull", "rpc error: code = NotFound desc = " + why);
        changed.run();
        pullBackOff.restarted();
        var pause = pullBackOff.afterEnd(Duration.ZERO);
        // The next look at the pod finds the pull in back-off; the kubelet takes about a second to look again.
        next = thread.after(thread.faster(Duration.ofSeconds(1)), () -> {
            event("Normal", "BackOff", "Back-off pulling image \"%s\"".formatted(image));
            event("Warning", "Failed", "Error: ImagePullBackOff");
            record.waiting("ImagePullBackOff", "Back-off pulling image \"%s\": ErrImagePull: %s".formatted(image, why));
            changed.run();
            later(pause);
        });
    }

    private void later(Duration written) {
        next = thread.after(thread.faster(written), this::start);
    }

    private void create(ImageStore.Image image, Map<String, String> variables) throws IOException {
        record.created();
        record.image(image.id());
        event("Normal", "Created", "Created container: " + name());
        outOfMemory = false;
        process = launcher.launch(image.program(), variables, record.restarts(), code -> thread.run(() -> ended(code)));
        record.running(node.cluster().clock().instant(), container.getStartupProbe() != null);
        event("Normal", "Started", "Started container " + name());
        probes.start();
    }

    private void startFailed(IOException error) {
        var message = "failed to create containerd task: failed to start container process: " + error.getMessage();
        event("Warning", "Failed", "Error: " + message);
        record.terminated(
                START_ERROR, "StartError", message, node.cluster().clock().instant());
        decideRestart(START_ERROR);
    }

    private void ended(int code) {
        process = null;
        probes.stop();
        if (kill != null) {
            kill.cancel(false);
        }
        var reason = outOfMemory ? "OOMKilled" : code == 0 ? "Completed" : "Error";
        record.terminated(
                outOfMemory ? OUT_OF_MEMORY : code,
                reason,
                null,
                node.cluster().clock().instant());
        decideRestart(code);
        changed.run();
    }

    private void decideRestart(int code) {
        var policy = pod.getSpec().getRestartPolicy();
        if (stopping || "Never".equals(policy) || "OnFailure".equals(policy) && code == 0) {
            return;
        }
        var startedAt = record.startedAt();
        var ran = startedAt == null
                ? Duration.ZERO
                : Duration.between(startedAt, node.cluster().clock().instant());
        var pause = backOff.afterEnd(ran);
        backOff.restarted();
        if (pause.isZero()) {
            later(Duration.ofSeconds(1));
            return;
        }
        next = thread.after(thread.faster(Duration.ofSeconds(1)), () -> waitForRestart(pause));
    }

    private void waitForRestart(Duration pause) {
        var metadata = pod.getMetadata();
        var full = "%s_%s(%s)".formatted(metadata.getName(), metadata.getNamespace(), metadata.getUid());
        event("Warning", "BackOff", "Back-off restarting failed container %s in pod %s".formatted(name(), full));
        record.waiting(
                "CrashLoopBackOff",
                "back-off %s restarting failed container=%s pod=%s".formatted(CrashBackOff.text(pause), name(), full));
        changed.run();
        later(pause);
    }

    private void restartUnhealthy() {
        event("Normal", "Killing", "Container %s failed liveness probe, will be restarted".formatted(name()));
        endWithin(
                Duration.ofSeconds(Objects.requireNonNullElse(pod.getSpec().getTerminationGracePeriodSeconds(), 30L)));
    }

    /** For good: whatever runs is asked to end, and killed after the grace period. */
    void stop(Duration grace) {
        if (!stopping) {
            stopping = true;
            if (next != null) {
                next.cancel(false);
            }
            probes.stopLiveness();
            if (process != null) {
                event("Normal", "Killing", "Stopping container " + name());
            }
        }
        endWithin(grace);
    }

    private void endWithin(Duration grace) {
        var now = process;
        if (now == null) {
            return;
        }
        if (kill != null) {
            kill.cancel(false);
        }
        if (grace.isZero()) {
            now.kill();
        } else {
            now.terminate();
            kill = thread.after(grace, now::kill);
        }
    }

    boolean hasEnded() {
        return process == null;
    }

    /** At once and from any thread. */
    void killNow() {
        process().ifPresent(ContainerProcess::kill);
    }

    /** Kills the process as the kernel would, if it has more memory than it may. From any thread. */
    void checkMemory() {
        var now = process;
        if (now == null) {
            return;
        }
        var name = pod.getMetadata().getName();
        var dialled = node.dials().memoryLimit(name);
        long limit = dialled.orElseGet(() -> MemoryLimit.of(container));
        if (now.residentBytes() > limit) {
            node.dials().memoryLimitIsUsed(name);
            outOfMemory = true;
            now.kill();
        }
    }

    private void event(String type, String reason, String message) {
        node.event(pod, name(), type, reason, message);
    }
}
