package com.openagents.runbook.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cucumber.messages.types.TestStepResultStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A step as it ran.
 *
 * @param keyword {@code Given}, {@code Then} …; {@code Before} or {@code After} for a hook
 * @param table the step's table; empty if it has none
 * @param text the step's text block; empty if it has none
 * @param status {@code UNKNOWN} if the record holds no result
 * @param message what the exception said; empty without one
 * @param afterwards what was looked at because the step failed by a finding
 */
public record StepResult(
        String keyword,
        String name,
        List<List<String>> table,
        String text,
        TestStepResultStatus status,
        Duration took,
        String message,
        List<EvidenceRef> evidence,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EvidenceRef> afterwards) {
    public StepResult {
        table = List.copyOf(table);
        evidence = List.copyOf(evidence);
        afterwards = List.copyOf(afterwards);
    }

    public boolean passed() {
        return status == TestStepResultStatus.PASSED;
    }

    /** The status in the words of the report. */
    public String word() {
        return status == TestStepResultStatus.UNKNOWN
                ? "no result"
                : status.name().toLowerCase(Locale.ROOT);
    }
}
