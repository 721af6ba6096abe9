package com.openagents.runbook.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run says about controls, in OSCAL. A control is satisfied only if every scenario that the runbook has for it is in
 * the run and passed, and nothing is wrong with the run itself.
 */
final class OscalFindings {
    private final Run run;
    private final Map<String, List<ScenarioResult>> byControl;

    OscalFindings(Run run) {
        this.run = run;
        this.byControl = byControl(run);
    }

    private static Map<String, List<ScenarioResult>> byControl(Run run) {
        var byControl = new TreeMap<String, List<ScenarioResult>>();
        run.scenarios()
                .forEach(scenario -> scenario.controls().stream()
                        .distinct()
                        .forEach(control -> byControl
                                .computeIfAbsent(control, own -> new ArrayList<>())
                                .add(scenario)));
        return byControl;
    }

    /** Which controls the run says anything about. */
    void reviewed(ObjectNode result) {
        var selection = result.putObject("reviewed-controls")
                .putArray("control-selections")
                .addObject();
        var included = selection.putArray("include-controls");
        if (byControl.isEmpty()) {
            // OSCAL asks for a selection even where no control is known, and to include all would say that all were
            // reviewed.
            selection.put("description", "No control is named for these scenarios.");
            included.addObject().put("control-id", "_none");
        }
        byControl.keySet().forEach(control -> included.addObject().put("control-id", OscalWords.token(control)));
    }

    /** A finding for each of them. */
    void findings(ObjectNode result) {
        if (!byControl.isEmpty()) {
            var findings = result.putArray("findings");
            byControl.forEach((control, scenarios) -> finding(findings.addObject(), control, scenarios));
        }
    }

    private void finding(ObjectNode finding, String control, List<ScenarioResult> scenarios) {
        var worst = scenarios.stream()
                .map(ScenarioResult::verdict)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        int known = Math.max(scenarios.size(), known(control));
        boolean whole =
                scenarios.size() == known && run.finished() && run.problems().isEmpty();
        finding.put("uuid", OscalWords.uuid(run.facts().runId(), "finding", control))
                .put("title", OscalWords.line("Control " + control))
                .put("description", OscalWords.line(described(scenarios, known)));
        OscalWords.prop(finding, "verdict", worst.word());
        OscalWords.prop(finding, "control", control);
        var target =
                finding.putObject("target").put("type", "objective-id").put("target-id", OscalWords.token(control));
        target.putObject("status")
                .put("state", worst == Verdict.PASSED && whole ? "satisfied" : "not-satisfied")
                .put("reason", reason(worst, whole));
        var observations = finding.putArray("related-observations");
        scenarios.forEach(
                scenario -> observations.addObject().put("observation-uuid", OscalWords.observation(run, scenario)));
    }

    /** How many scenarios of all features stand for it, whether they were selected or not. */
    private int known(String control) {
        return run.frameworks().stream()
                .flatMap(framework ->
                        framework.controls().stream().filter(one -> control.equals(framework.id() + "-" + one.id())))
                .mapToInt(Framework.Control::known)
                .max()
                .orElse(0);
    }

    private String described(List<ScenarioResult> scenarios, int known) {
        var text = "Of " + known + " scenarios for this control: "
                + Tally.of(scenarios).text();
        int left = known - scenarios.size();
        return text
                + (left == 0 ? "" : ", " + left + " not part of this run")
                + (run.problems().isEmpty() ? "" : "; something is wrong with the run itself");
    }

    private static String reason(Verdict worst, boolean whole) {
        if (worst == Verdict.FAILED) {
            return "fail";
        }
        return worst == Verdict.PASSED && whole ? "pass" : "other";
    }
}
