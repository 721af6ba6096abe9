package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Concern;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.kubernetes.GateRun;
import com.openagents.runbook.system.kubernetes.GateRun.Outcome;
import com.openagents.runbook.system.kubernetes.Rollout;
import com.openagents.runbook.system.kubernetes.RuntimeSecret;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Judges a run of the post-deploy gate (runbook 1, 6). */
public final class GateRunAssert extends AbstractAssert<GateRunAssert, GateRun> {
    private static final String RERUN = "rerun the migration and smoke gate with the image that runs";

    GateRunAssert(GateRun actual) {
        super(actual, GateRunAssert.class);
    }

    /**
     * The Jobs have a time to live of 30 minutes (contract 1.7), so a missing one says nothing about the release.
     *
     * @throws CouldNotCheck if the Job is not there
     */
    public GateRunAssert isOnRecord() {
        if (!actual.exists()) {
            var trace = actual.trace().isEmpty()
                    ? "its time to live of 30 minutes has removed it, or it never ran"
                    : "its time to live has removed it; last trace: " + actual.trace();
            throw new CouldNotCheck("there is no Job " + actual.job() + ": " + trace
                    + ". Rerun the gate (runbook 6): NAMESPACE="
                    + actual.kubectl().namespace() + " IMAGE=<image> apps/runtime/deploy/jobs/run-postdeploy-gate.sh");
        }
        return this;
    }

    public GateRunAssert isComplete() {
        isOnRecord();
        var expected = "The newest run of " + actual.job() + " is complete";
        if (actual.outcome() == Outcome.RUNNING) {
            throw finding(expected, "it has not finished", List.of(), "6.1", RERUN + " and wait for it");
        }
        if (actual.outcome() == Outcome.FAILED) {
            var when = actual.finishedAt()
                    .map(at -> " " + Ago.text(at, actual.at()))
                    .orElse("");
            var words = actual.lastWords().lines().map(line -> "it wrote: " + line);
            throw finding(
                    expected,
                    "it failed" + when,
                    Stream.concat(Stream.of(actual.reason()), words).toList(),
                    "3.3",
                    "inspect the migration and smoke jobs for a recent deploy regression");
        }
        return this;
    }

    public GateRunAssert ranTheImageOf(Rollout rollout) {
        isOnRecord();
        if (!actual.image().equals(rollout.image())) {
            throw finding(
                    "The newest run of " + actual.job() + " used the image that the StatefulSet runs",
                    "it used another image",
                    List.of(actual.job() + "   " + actual.image(), "StatefulSet   " + rollout.image()),
                    "6.1",
                    RERUN);
        }
        return this;
    }

    public GateRunAssert finishedAfter(Rollout rollout) {
        isOnRecord();
        var finished = actual.finishedAt()
                .orElseThrow(() -> new CouldNotCheck("the Job " + actual.job() + " has not finished"));
        // Kubernetes tells whole seconds, and no smoke run is that short: one second for both means that it began
        // before.
        if (!finished.isAfter(rollout.rolledOutAt())) {
            throw finding(
                    "The newest smoke run is newer than the newest rollout",
                    "the rollout came later",
                    List.of(
                            "smoke finished   " + finished + " (" + Ago.text(finished, actual.at()) + ")",
                            "rolled out       " + rollout.rolledOutAt() + " ("
                                    + Ago.text(rollout.rolledOutAt(), actual.at()) + ", revision "
                                    + rollout.updateRevision() + ")"),
                    "6.1",
                    RERUN);
        }
        return this;
    }

    /** @throws CouldNotCheck if the cluster does not tell when the Secret changed */
    public GateRunAssert finishedAfterChangeOf(RuntimeSecret secret) {
        isOnRecord();
        var changed = secret.changedAt()
                .orElseThrow(() -> new CouldNotCheck("the cluster does not tell when Secret " + secret.name()
                        + " last changed: it carries no managed fields"));
        var finished = actual.finishedAt()
                .orElseThrow(() -> new CouldNotCheck("the Job " + actual.job() + " has not finished"));
        if (finished.isBefore(changed)) {
            throw finding(
                    "The gate ran after the secrets last changed",
                    "the secrets changed later",
                    List.of(
                            "gate finished     " + finished + " (" + Ago.text(finished, actual.at()) + ")",
                            "secrets changed   " + changed + " (" + Ago.text(changed, actual.at()) + ")"),
                    "6.2",
                    RERUN);
        }
        return this;
    }

    public GateRunAssert startedAfter(GateRun earlier) {
        isOnRecord();
        var started =
                actual.startedAt().orElseThrow(() -> new CouldNotCheck("the Job " + actual.job() + " has not started"));
        var finished = earlier.finishedAt();
        if (finished.map(started::isBefore).orElse(true)) {
            throw finding(
                    "The smoke check comes after the migration",
                    finished.isEmpty() ? "the migration has not finished" : "it came before",
                    List.of(
                            "migration finished   "
                                    + finished.map(Instant::toString).orElse("not yet"),
                            "smoke started        " + started),
                    "6.1",
                    RERUN);
        }
        return this;
    }

    /** Only this command looks afterwards whether the required tables are there (contract 15.3). */
    public GateRunAssert verifiesTheTables() {
        isOnRecord();
        if (!actual.command().contains("migrate_and_verify!")) {
            throw finding(
                    "The migration verifies the required tables",
                    "its command does not",
                    List.of("command   " + actual.command()),
                    "6.1",
                    "give the Job the command OpenAgentsRuntime.Release.migrate_and_verify!() and rerun the gate");
        }
        return this;
    }

    private FindingError finding(String expected, String seen, List<String> details, String statement, String next) {
        return new FindingError(
                new Finding(
                        expected,
                        seen,
                        details,
                        statement,
                        next,
                        actual.kubectl().command("describe job " + actual.job())),
                List.of(Concern.job(actual.job())));
    }
}
