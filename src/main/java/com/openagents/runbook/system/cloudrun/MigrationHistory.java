package com.openagents.runbook.system.cloudrun;

import java.time.Instant;
import java.util.Optional;

/** The newest execution of the migration job, if it was ever executed. */
public record MigrationHistory(String job, Optional<Execution> newest, Instant at, Gcloud gcloud) {

    public enum Outcome {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    /**
     * @param message what Cloud Run says about the outcome, empty if it says nothing
     * @param completedAt empty while it runs
     */
    public record Execution(
            String name,
            Container container,
            Outcome outcome,
            String message,
            Instant createdAt,
            Optional<Instant> completedAt) {}
}
