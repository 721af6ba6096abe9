package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import io.cucumber.messages.types.Exception;
import io.cucumber.messages.types.TestStepResult;
import io.cucumber.messages.types.TestStepResultStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gives one attempt at a scenario its verdict. Whatever is not proven is not passed. */
final class Judge {
    private final boolean plan;

    Judge(boolean plan) {
        this.plan = plan;
    }

    record Judgement(Verdict verdict, String reason, List<Failure> failures) {}

    Judgement judge(CaseLog log, List<StepResult> steps) {
        var failures = failures(log, steps);
        if (log.ended().isEmpty()) {
            return new Judgement(Verdict.ABORTED, whereItEnded(log, steps), failures);
        } else if (plan) {
            return new Judgement(Verdict.PLANNED, reasons(steps), List.of());
        } else if (!failures.isEmpty()) {
            return new Judgement(Verdict.FAILED, "", failures);
        }
        var reason = whyIncomplete(steps);
        return reason.isEmpty()
                ? new Judgement(Verdict.PASSED, "", List.of())
                : new Judgement(Verdict.INCOMPLETE, reason, List.of());
    }

    private static String whyIncomplete(List<StepResult> steps) {
        var open = steps.stream().filter(step -> !step.passed()).findFirst();
        if (open.isPresent()) {
            var reasons = reasons(steps);
            return reasons.isEmpty() ? why(open.get()) : reasons;
        }
        return steps.stream().allMatch(step -> step.evidence().isEmpty())
                ? "No evidence: nothing failed, but no step recorded what it saw"
                : "";
    }

    private static String why(StepResult step) {
        return switch (step.status()) {
            case UNDEFINED -> "No step definition for: " + step.name();
            case UNKNOWN -> "The record holds no result for: " + step.name();
            case AMBIGUOUS -> "More than one step definition for: " + step.name();
            case PENDING -> "The step definition is not written yet: " + step.name();
            default -> "Skipped without a reason: " + step.name();
        };
    }

    private static String reasons(List<StepResult> steps) {
        return steps.stream()
                .filter(step -> !step.passed() && !step.message().isEmpty())
                .map(StepResult::message)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static String whereItEnded(CaseLog log, List<StepResult> steps) {
        if (log.started().isEmpty()) {
            return "Not started: the run ended before it";
        }
        int index = new ArrayList<>(log.steps()).indexOf(log.current().orElse(null));
        return index < 0
                ? "The run ended before the first step"
                : "The run ended at: " + steps.get(index).keyword() + " "
                        + steps.get(index).name();
    }

    private static List<Failure> failures(CaseLog log, List<StepResult> steps) {
        var failures = new ArrayList<Failure>();
        int index = 0;
        for (var step : log.steps()) {
            var result = steps.get(index++);
            if (result.status() == TestStepResultStatus.FAILED) {
                var cause = step.result().orElseThrow();
                failures.add(failure(result.keyword() + " " + result.name(), cause, step));
            }
        }
        return failures;
    }

    private static Failure failure(String step, TestStepResult result, CaseLog.StepLog log) {
        var message = CaseLog.message(result);
        var type = CaseLog.type(result);
        boolean found = type.equals(FindingError.class.getName());
        var finding = found ? Finding.parse(message) : Optional.<Finding>empty();
        var stack = found
                ? ""
                : result.getException().flatMap(Exception::getStackTrace).orElse("");
        return new Failure(step, finding, type, message, stack, log.finished());
    }
}
