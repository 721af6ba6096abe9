package com.openagents.runbook.assertions;

import com.openagents.runbook.system.kubernetes.RuntimePod;
import com.openagents.runbook.system.kubernetes.RuntimePod.Deletion;
import com.openagents.runbook.system.kubernetes.RuntimePod.Exit;
import com.openagents.runbook.system.kubernetes.RuntimePod.Waiting;
import java.time.Instant;
import java.util.Optional;

/** Runtime pods that are alike but for what a test is about. */
final class SamplePods {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private SamplePods() {}

    static RuntimePod healthy(String name) {
        return ofVersion("1", name);
    }

    /** @param version in its image, its digest and its revision */
    static RuntimePod ofVersion(String version, String name) {
        return pod(name, version, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static RuntimePod crashing(String name, int restarts, Waiting waiting, Exit lastExit) {
        return pod(name, "1", restarts, Optional.of(waiting), Optional.of(lastExit), Optional.empty());
    }

    static RuntimePod restarted(String name, Instant at) {
        var exit = new Exit(1, 0, "Error", at);
        return pod(name, "1", 1, Optional.empty(), Optional.of(exit), Optional.empty());
    }

    static RuntimePod terminating(String name, Instant due) {
        var deletion = new Deletion(due.minusSeconds(30), due);
        return pod(name, "1", 0, Optional.empty(), Optional.empty(), Optional.of(deletion));
    }

    private static RuntimePod pod(
            String name,
            String version,
            int restarts,
            Optional<Waiting> waiting,
            Optional<Exit> lastExit,
            Optional<Deletion> deletion) {
        return new RuntimePod(
                name,
                "Running",
                waiting.isEmpty(),
                "",
                "runtime:" + version,
                "sha256:" + version,
                "runtime-" + version,
                restarts,
                waiting,
                lastExit,
                deletion,
                Optional.of(NOW));
    }
}
