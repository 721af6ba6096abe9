package com.openagents.runbook.report;

import io.cucumber.messages.types.Exception;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.TestStep;
import io.cucumber.messages.types.TestStepFinished;
import io.cucumber.messages.types.TestStepResult;
import io.cucumber.messages.types.TestStepResultStatus;
import io.cucumber.messages.types.TestStepStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the messages said about one attempt at a scenario, in order. */
final class CaseLog {
    private final Pickle pickle;
    private final List<TestStep> plan;
    private final Map<String, StepLog> steps = new LinkedHashMap<>();
    private Instant started;
    private Instant ended;
    private String current = "";

    /** A step of the scenario; {@code result} stays empty if the run ended first. */
    static final class StepLog {
        private final String hookId;
        private final String pickleStepId;
        private final List<EvidenceRef> evidence = new ArrayList<>(1);
        private final List<EvidenceRef> afterwards = new ArrayList<>(0);
        private TestStepResult result;
        private Instant finished;

        private StepLog(TestStep step) {
            hookId = step.getHookId().orElse("");
            pickleStepId = step.getPickleStepId().orElse("");
        }

        String hookId() {
            return hookId;
        }

        String pickleStepId() {
            return pickleStepId;
        }

        List<EvidenceRef> evidence() {
            return evidence;
        }

        /** What was looked at because it failed. */
        List<EvidenceRef> afterwards() {
            return afterwards;
        }

        Optional<TestStepResult> result() {
            return Optional.ofNullable(result);
        }

        Instant finished() {
            return finished;
        }
    }

    CaseLog(Pickle pickle, List<TestStep> plan) {
        this.pickle = Objects.requireNonNull(pickle, "pickle");
        this.plan = plan;
        plan.forEach(step -> steps.put(step.getId(), new StepLog(step)));
    }

    static CaseLog neverStarted(Pickle pickle) {
        return new CaseLog(pickle, List.of());
    }

    /** A fresh log for an attempt that starts now. */
    CaseLog begin(Instant at) {
        var attempt = new CaseLog(pickle, plan);
        attempt.started = at;
        return attempt;
    }

    void start(TestStepStarted step) {
        current = step.getTestStepId();
    }

    void finish(TestStepFinished finished) {
        var step = step(finished.getTestStepId());
        step.result = finished.getTestStepResult();
        step.finished = Instant.ofEpochSecond(
                finished.getTimestamp().getSeconds(), finished.getTimestamp().getNanos());
    }

    /** Evidence that names no step belongs to the step under way. */
    void saw(String stepId, EvidenceRef ref) {
        step(stepId.isEmpty() ? current : stepId).evidence.add(ref);
    }

    void end(Instant at) {
        ended = at;
    }

    Pickle pickle() {
        return pickle;
    }

    /** What was looked at because of a finding belongs to the step that failed by it. */
    void sawAfterwards(EvidenceRef ref) {
        steps.values().stream()
                .filter(step -> step.result != null && step.result.getStatus() == TestStepResultStatus.FAILED)
                .findFirst()
                .orElseGet(() -> step(current))
                .afterwards
                .add(ref);
    }

    Collection<StepLog> steps() {
        return steps.values();
    }

    /** The step that was under way last. */
    Optional<StepLog> current() {
        return Optional.ofNullable(steps.get(current));
    }

    Optional<Instant> started() {
        return Optional.ofNullable(started);
    }

    Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    /** What an exception said, or else its class; empty without one. */
    static String message(TestStepResult result) {
        return result.getException()
                .map(exception ->
                        exception.getMessage().filter(text -> !text.isBlank()).orElse(exception.getType()))
                .or(result::getMessage)
                .orElse("");
    }

    static String type(TestStepResult result) {
        return result.getException().map(Exception::getType).orElse("");
    }

    private StepLog step(String id) {
        var step = steps.get(id);
        if (step == null) {
            throw new IllegalArgumentException("a message of a step that is not part of the scenario");
        }
        return step;
    }
}
