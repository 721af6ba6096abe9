package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.prometheus.AlertExpectations;
import com.openagents.runbook.system.prometheus.AlertRule;
import com.openagents.runbook.system.prometheus.AlertRules;
import com.openagents.runbook.system.prometheus.MatrixRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Judges the alert rules that Prometheus evaluates (runbook 2.2 and 2.3). */
public final class AlertRulesAssert extends AbstractAssert<AlertRulesAssert, AlertRules> {
    AlertRulesAssert(AlertRules actual) {
        super(actual, AlertRulesAssert.class);
    }

    /**
     * That there is anything to judge.
     *
     * @throws CouldNotCheck if no alert rule is loaded
     */
    public AlertRulesAssert exist() {
        if (actual.rules().isEmpty()) {
            throw new CouldNotCheck("Prometheus evaluates no alert rule: load"
                    + " environments/monitoring/runtime-alert-rules.yaml. Ask it by hand:\n" + actual.command());
        }
        return this;
    }

    public AlertRulesAssert areHealthy() {
        var details = actual.rules().stream()
                .filter(rule -> !"ok".equals(rule.health()))
                .map(rule -> rule.name() + "   health " + rule.health()
                        + (rule.lastError().isEmpty() ? "" : ": " + rule.lastError()))
                .toList();
        if (!details.isEmpty()) {
            throw finding(
                    "Every alert rule is evaluated without error",
                    some(details.size(), " is not", " are not"),
                    details,
                    "2.2",
                    "mend the rule's query; until then this alert cannot fire");
        }
        return this;
    }

    /** Each alert of the matrix with its threshold, its time as it is in this environment, and its severity. */
    public AlertRulesAssert areThoseOf(List<MatrixRow> matrix, AlertExpectations expected) {
        var details = new ArrayList<String>();
        matrix.forEach(row -> details.addAll(actual.rule(row.alert())
                .map(rule -> differences(rule, row, expected.played(row.holdsFor())))
                .orElse(List.of(row.alert() + "   is not loaded"))));
        if (!details.isEmpty()) {
            throw finding(
                    "Every alert of the matrix is loaded as the matrix says",
                    details.size() + (details.size() == 1 ? " difference" : " differences"),
                    details,
                    "2.2",
                    "load the rules of environments/monitoring/runtime-alert-rules.yaml, or change the matrix with them");
        }
        return this;
    }

    private static List<String> differences(AlertRule rule, MatrixRow row, Duration holdsFor) {
        var differences = new ArrayList<String>();
        if (!rule.threshold().equals(Optional.of(row.threshold()))) {
            var seen = rule.threshold().map(Object::toString).orElse("no comparison at the end of " + rule.query());
            differences.add(rule.name() + "   threshold: expected " + row.threshold() + ", seen " + seen);
        }
        if (!rule.holdsFor().equals(holdsFor)) {
            differences.add(
                    rule.name() + "   for: expected " + seconds(holdsFor) + ", seen " + seconds(rule.holdsFor()));
        }
        if (!rule.severity().equals(row.severity())) {
            differences.add(rule.name() + "   severity: expected " + row.severity() + ", seen " + rule.severity());
        }
        return differences;
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }

    /** @param documents the folder that links start from */
    public AlertRulesAssert leadToHeadingsIn(Path documents) {
        var details = actual.rules().stream()
                .flatMap(rule -> new RunbookLink(rule.annotations().getOrDefault("runbook", ""), documents)
                        .problem().map(problem -> rule.name() + "   " + problem).stream())
                .toList();
        if (!details.isEmpty()) {
            throw finding(
                    "The runbook link of every alert resolves to a heading",
                    some(details.size(), " does not", " do not"),
                    details,
                    "2.3",
                    "write the entry, or mend the annotation 'runbook' of the rule");
        }
        return this;
    }

    private String some(int count, String one, String more) {
        return count + " of " + actual.rules().size() + (count == 1 ? one : more);
    }

    private FindingError finding(String expected, String seen, List<String> details, String statement, String next) {
        return new FindingError(new Finding(expected, seen, details, statement, next, actual.command()));
    }
}
