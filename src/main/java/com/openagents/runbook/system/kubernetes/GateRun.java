package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest run of a Job of the post-deploy gate.
 *
 * @param job the Job's name
 * @param exists false if the Job is not there: its TTL removed it, or it never ran
 * @param trace what is still known of a Job that is gone, from its events; empty if nothing is
 * @param outcome how it ended
 * @param reason the reason and message of a failure, empty otherwise
 * @param command what its container runs, its words divided by spaces
 * @param lastWords the last lines that its pod wrote, empty if no pod of it is left
 */
public record GateRun(
        String job,
        boolean exists,
        String trace,
        Outcome outcome,
        String reason,
        String image,
        String command,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        String lastWords,
        Instant at,
        Kubectl kubectl) {

    public enum Outcome {
        COMPLETE,
        FAILED,
        RUNNING
    }
}
