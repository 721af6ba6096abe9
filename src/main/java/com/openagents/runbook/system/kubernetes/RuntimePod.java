package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.Ago;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * One pod with the label {@code app=runtime}.
 *
 * @param phase the phase word of Kubernetes
 * @param warning the newest warning event about the pod, empty if there is none
 * @param revision the revision of the StatefulSet that the pod was made from
 * @param waiting why the container is waiting to start
 * @param lastExit how the container ended before its newest start
 * @param startedAt when the container that runs now started; empty if none runs
 * @param deletion when the pod was asked to go, and when it must be gone
 */
public record RuntimePod(
        String name,
        String phase,
        boolean ready,
        String warning,
        String image,
        String imageId,
        String revision,
        int restarts,
        Optional<Waiting> waiting,
        Optional<Exit> lastExit,
        Optional<Deletion> deletion,
        Optional<Instant> startedAt) {

    public record Waiting(String reason, String message) {}

    /** @param signal the signal's number if the kernel told it, else 0 */
    public record Exit(int code, int signal, String reason, Instant at) {
        String text(Instant now) {
            return "last exit " + code + (reason.isEmpty() ? "" : " (" + reason + ")") + " " + Ago.text(at, now);
        }
    }

    public record Deletion(Instant asked, Instant due) {}

    public boolean running() {
        return "Running".equals(phase);
    }

    /** The state in one line: {@code CrashLoopBackOff, 7 restarts, last exit 137 (OOMKilled) 2 min ago}. */
    public String state(Instant now) {
        var parts = new ArrayList<String>();
        parts.add(waiting.map(Waiting::reason).orElse(phase + (ready ? ", ready" : ", not ready")));
        if (restarts > 0) {
            parts.add(restarts + (restarts == 1 ? " restart" : " restarts"));
        }
        lastExit.ifPresent(exit -> parts.add(exit.text(now)));
        deletion.ifPresent(asked -> parts.add("terminating, asked " + Ago.text(asked.asked(), now)));
        waiting.map(Waiting::message)
                .filter(message -> !message.isEmpty() && restarts == 0)
                .ifPresent(parts::add);
        if (!ready && waiting.isEmpty() && !warning.isEmpty()) {
            parts.add(warning);
        }
        return String.join(", ", parts);
    }
}
