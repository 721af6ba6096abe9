package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.cloudrun.MigrationHistory;
import com.openagents.runbook.system.cloudrun.MigrationHistory.Execution;
import com.openagents.runbook.system.cloudrun.MigrationHistory.Outcome;
import com.openagents.runbook.system.cloudrun.ServiceState;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Judges the newest execution of the migration job on Cloud Run (runbook 6.4 to 6.7). */
public final class MigrationHistoryAssert extends AbstractAssert<MigrationHistoryAssert, MigrationHistory> {
    private static final String AGAIN = "run the chained deploy again with the image that is deployed";

    MigrationHistoryAssert(MigrationHistory actual) {
        super(actual, MigrationHistoryAssert.class);
    }

    /** @throws CouldNotCheck if the job was never executed; that this is wrong, {@link #succeeded} says */
    public MigrationHistoryAssert isOnRecord() {
        if (actual.newest().isEmpty()) {
            throw new CouldNotCheck("the job " + actual.job() + " has no execution to look at: " + AGAIN);
        }
        return this;
    }

    public MigrationHistoryAssert succeeded() {
        var expected = "The newest execution of " + actual.job() + " succeeded";
        if (actual.newest().isEmpty()) {
            throw finding(expected, "it was never executed", List.of(), "6.4", AGAIN);
        }
        var newest = newest();
        if (newest.outcome() == Outcome.RUNNING) {
            throw finding(
                    expected, "it has not finished", List.of(since(newest)), "6.4", "wait for it and check again");
        }
        if (newest.outcome() == Outcome.FAILED) {
            var message = Stream.of(newest.message()).filter(text -> !text.isBlank());
            throw finding(
                    expected,
                    "it failed",
                    Stream.concat(Stream.of(since(newest)), message).toList(),
                    "6.4",
                    "read its log, mend what it says, and " + AGAIN);
        }
        return this;
    }

    /** What serves since without a migration may miss its tables (contract 18.2, B6). */
    public MigrationHistoryAssert cameAfterTheDeployOf(ServiceState service) {
        isOnRecord();
        var deployed = service.imageSince()
                .orElseThrow(() -> new CouldNotCheck("Cloud Run does not list the newest revision "
                        + service.newestRevision() + ", so it is not known since when its image is deployed"));
        if (newest().createdAt().isBefore(deployed)) {
            throw finding(
                    "The newest deploy of " + service.name() + " was followed by its migration",
                    "no migration came after it",
                    List.of(
                            "deployed   " + deployed + " (" + Ago.text(deployed, actual.at()) + "), "
                                    + service.newestRevision() + ": " + service.image(),
                            "migrated   " + newest().createdAt() + " ("
                                    + Ago.text(newest().createdAt(), actual.at()) + "), "
                                    + newest().name()),
                    "6.4",
                    AGAIN);
        }
        return this;
    }

    public MigrationHistoryAssert ranTheImageOf(ServiceState service) {
        isOnRecord();
        if (!service.hasImage(newest().container().image())) {
            throw finding(
                    "The newest execution of " + actual.job() + " ran the image of " + service.name(),
                    "it ran another one",
                    List.of(
                            newest().name() + "   " + newest().container().image(),
                            service.name() + "   " + service.image()),
                    "6.7",
                    AGAIN);
        }
        return this;
    }

    public MigrationHistoryAssert verifiedTheTables() {
        isOnRecord();
        if (!VerifyingCommand.isIn(newest().container())) {
            throw finding(
                    "The newest execution of " + actual.job() + " ran " + VerifyingCommand.EXPRESSION,
                    "it did not",
                    List.of(newest().name() + "   " + VerifyingCommand.words(newest().container())),
                    "6.6",
                    AGAIN);
        }
        return this;
    }

    private Execution newest() {
        return actual.newest().orElseThrow();
    }

    private String since(Execution execution) {
        var at = execution.completedAt().orElse(execution.createdAt());
        return execution.name() + "   " + (execution.completedAt().isPresent() ? "ended " : "began ") + at + " ("
                + Ago.text(at, actual.at()) + ")";
    }

    private FindingError finding(String expected, String seen, List<String> details, String statement, String next) {
        var see = actual.newest()
                .map(execution -> "jobs executions describe " + execution.name())
                .orElse("jobs executions list --job=" + actual.job());
        return new FindingError(new Finding(
                expected, seen, details, statement, next, actual.gcloud().command(see)));
    }
}
