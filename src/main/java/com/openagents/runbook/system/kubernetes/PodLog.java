package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.Optional;

/**
 * What was read of the log of one container.
 *
 * @param previous whether it is the container before the last restart
 * @param lines how many lines the window holds
 * @param from when the first of them was written
 * @param to when the last of them was written
 * @param last the last line, without its time; empty if there is none
 * @param trouble why it could not be read, or not to its end
 * @param started whether the container ever started; one that did not has no log to read
 * @param givenUp whether it was us who ended the reading: that says nothing of the pod
 */
public record PodLog(
        String pod,
        String container,
        boolean previous,
        long lines,
        Optional<Instant> from,
        Optional<Instant> to,
        String last,
        Optional<String> trouble,
        boolean started,
        boolean givenUp) {

    public String name() {
        return pod + (previous ? " (before its restart)" : "");
    }
}
