package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a step failed.
 *
 * @param step the step's text with its keyword
 * @param finding what the check found; empty if the runbook itself broke, or if its text cannot be taken apart
 * @param type the class of the exception
 * @param message the text of the finding, or the exception's message
 * @param stack the stack trace; empty for a finding
 */
public record Failure(String step, Optional<Finding> finding, String type, String message, String stack, Instant at) {

    /** Whether a check failed, rather than the runbook itself. */
    public boolean ofTheSystem() {
        return type.equals(FindingError.class.getName());
    }

    /** The first line of what went wrong, for lists. */
    public String headline() {
        return finding.map(Finding::seen)
                .orElseGet(() -> message.lines().findFirst().orElse(type));
    }
}
