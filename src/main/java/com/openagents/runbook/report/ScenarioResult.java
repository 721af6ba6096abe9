package com.openagents.runbook.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A scenario and what the run says about it.
 *
 * @param id stays the same from run to run as long as section and name do
 * @param uri the feature file, from the features folder on
 * @param line the scenario's line, or that of its row of examples
 * @param severity {@code critical}, {@code high}, {@code medium}, {@code low}; empty if the feature does not say
 * @param controls the controls it is evidence for, such as {@code SOC2-CC7.2}
 * @param statements the runbook statements it checks, such as {@code 1.1}
 * @param reason why it is incomplete or aborted, why no waiver counts, or what a plan would do; else empty
 * @param waiver the id of the waiver that holds it; empty unless it is waived
 * @param failures in the order they came: a step, and perhaps what should have put things back
 * @param started empty if it never started
 */
public record ScenarioResult(
        String id,
        String section,
        String name,
        String description,
        String uri,
        long line,
        List<String> tags,
        String severity,
        List<String> controls,
        List<String> statements,
        Verdict verdict,
        String reason,
        Optional<String> waiver,
        List<Failure> failures,
        List<StepResult> steps,
        Optional<Instant> started,
        Duration took) {
    /** The tag of a scenario that changes something; a run makes those only where its tags name them. */
    static final String DRILL = "@drill";

    public ScenarioResult {
        tags = List.copyOf(tags);
        controls = List.copyOf(controls);
        statements = List.copyOf(statements);
        failures = List.copyOf(failures);
        steps = List.copyOf(steps);
    }

    /** Whether it changes something and puts it back, rather than only looks. */
    public boolean drill() {
        return tags.contains(DRILL);
    }

    ScenarioResult named(String newId) {
        return with(newId, controls, verdict, reason, waiver);
    }

    ScenarioResult standingFor(List<String> newControls) {
        return with(id, newControls, verdict, reason, waiver);
    }

    ScenarioResult waivedBy(String newWaiver) {
        return with(id, controls, Verdict.WAIVED, reason, Optional.of(newWaiver));
    }

    ScenarioResult because(String newReason) {
        return with(id, controls, verdict, newReason, waiver);
    }

    private ScenarioResult with(
            String newId, List<String> newControls, Verdict newVerdict, String newReason, Optional<String> newWaiver) {
        return new ScenarioResult(
                newId,
                section,
                name,
                description,
                uri,
                line,
                tags,
                severity,
                newControls,
                statements,
                newVerdict,
                newReason,
                newWaiver,
                failures,
                steps,
                started,
                took);
    }

    public String location() {
        return uri + ":" + line;
    }
}
