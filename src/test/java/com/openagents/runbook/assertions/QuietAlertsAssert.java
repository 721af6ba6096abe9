package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Concern;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.prometheus.ActiveAlert;
import com.openagents.runbook.system.prometheus.AlertRule;
import com.openagents.runbook.system.prometheus.AlertRules;
import com.openagents.runbook.system.prometheus.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/**
 * Judges whether alerts fire (runbook 3.1, 4A to 4G). An alert that is pending does not fire yet; one that Prometheus has
 * watched for less time than it takes to fire is quiet whatever happens, and cannot be judged.
 */
public final class QuietAlertsAssert extends AbstractAssert<QuietAlertsAssert, AlertRules> {
    private static final int CAUSES = 2;

    QuietAlertsAssert(AlertRules actual) {
        super(actual, QuietAlertsAssert.class);
    }

    /** @throws CouldNotCheck if one of them is not loaded, for then it is quiet whatever happens */
    public QuietAlertsAssert areQuiet(List<String> alerts, String statement) {
        var rules = new ArrayList<AlertRule>();
        for (var alert : alerts) {
            rules.add(actual.rule(alert)
                    .orElseThrow(() -> new CouldNotCheck("alert " + alert + " is not loaded (runbook 2.2)")));
        }
        return noneFires(rules, alerts.size() == 1 ? "The alert is quiet" : "The alerts are quiet", statement);
    }

    /** @throws CouldNotCheck if no rule is loaded */
    public QuietAlertsAssert areAllQuiet(String statement) {
        if (actual.rules().isEmpty()) {
            throw new CouldNotCheck("no alert rule is loaded (runbook 2.2)");
        }
        return noneFires(actual.rules(), "No alert of the runtime fires", statement);
    }

    private QuietAlertsAssert noneFires(List<AlertRule> rules, String expected, String statement) {
        var firing = rules.stream()
                .filter(AlertRule::fires)
                .sorted(Comparator.comparing(QuietAlertsAssert::since))
                .toList();
        if (!firing.isEmpty()) {
            throw new FindingError(
                    new Finding(
                            expected,
                            firing.size() + (firing.size() == 1 ? " fires" : " fire") + ", the first since "
                                    + since(firing.get(0)) + " (" + Ago.text(since(firing.get(0)), actual.at()) + ")",
                            firing.stream()
                                    .map(rule -> detail(rule) + (firing.size() > 1 ? "; " + entry(rule) : ""))
                                    .toList(),
                            statement,
                            "follow " + entry(firing.get(0)),
                            actual.command()),
                    firing.stream().map(rule -> Concern.alert(rule.name())).toList());
        }
        rules.stream()
                .filter(rule -> actual.couldFire(rule).isAfter(actual.at()))
                .max(Comparator.comparing(actual::couldFire))
                .ifPresent(this::cannotTell);
        return this;
    }

    private void cannotTell(AlertRule rule) {
        throw new CouldNotCheck("Prometheus was started " + Ago.text(actual.watchedSince(), actual.at())
                + ", and alert "
                + rule.name() + " takes longer to fire: look again after " + actual.couldFire(rule)
                + ". Since when it runs:\n" + actual.command().replace("/rules?type=alert", "/status/runtimeinfo"));
    }

    private String detail(AlertRule rule) {
        return rule.name() + "   " + rule.severity() + ", since " + Ago.text(since(rule), actual.at()) + ": "
                + rule.annotations().getOrDefault("summary", "") + causes(rule);
    }

    private static String entry(AlertRule rule) {
        return rule.annotations().getOrDefault("runbook", "the runbook entry of the alert");
    }

    private String causes(AlertRule rule) {
        return Optional.ofNullable(actual.behind().get(rule.name())).stream()
                .flatMap(answer -> answer.series().stream())
                .filter(series -> series.last() > 0)
                .sorted(Comparator.comparingDouble(Series::last).reversed())
                .limit(CAUSES)
                .map(series -> series.words() + " (" + Math.round(series.last()) + ")")
                .reduce((first, second) -> first + "; " + second)
                .map(words -> "; most at " + words)
                .orElse("");
    }

    private static Instant since(AlertRule rule) {
        return rule.active().stream()
                .map(ActiveAlert::since)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
