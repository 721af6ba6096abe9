package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.grafana.Dashboard;
import com.openagents.runbook.system.grafana.Dashboard.Panel;
import com.openagents.runbook.system.prometheus.QueryAnswer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Judges the operations dashboard (runbook 2.1). */
public final class DashboardAssert extends AbstractAssert<DashboardAssert, Dashboard> {
    private static final String RESTORE =
            "import environments/monitoring/runtime-ops-dashboard.json, or change it and this section together";

    private DashboardAssert(Dashboard actual) {
        super(actual, DashboardAssert.class);
    }

    public static DashboardAssert assertThat(Dashboard actual) {
        return new DashboardAssert(actual);
    }

    public DashboardAssert hasPanels(List<String> titles) {
        var there = actual.panels().stream().map(Panel::title).collect(Collectors.toSet());
        var details = titles.stream()
                .filter(title -> !there.contains(title))
                .map(title -> title + "   is missing")
                .toList();
        return none(details, "The operations dashboard has every panel", " of " + titles.size() + " missing", RESTORE);
    }

    public DashboardAssert hasAQueryInEveryPanel() {
        var details = actual.panels().stream()
                .filter(panel -> panel.queries().isEmpty() || panel.queries().contains(""))
                .map(panel -> panel.title() + "   has no query")
                .toList();
        return none(details, "Every panel has a query", " without", RESTORE);
    }

    /** @param answers from panel to what its query gave */
    public DashboardAssert showsDataOf(Map<String, QueryAnswer> answers) {
        var details = answers.entrySet().stream()
                .filter(answer -> !answer.getValue().hasData())
                .map(answer -> answer.getKey() + "   " + words(answer.getValue()))
                .toList();
        return none(
                details,
                "Every panel shows data",
                " of " + answers.size() + " shows none",
                "look at which metric is missing, and whether anybody feeds it");
    }

    private static String words(QueryAnswer answer) {
        return (answer.problem().isEmpty() ? "no series" : answer.problem()) + ": " + answer.query();
    }

    private DashboardAssert none(List<String> details, String expected, String seen, String next) {
        if (!details.isEmpty()) {
            throw new FindingError(
                    new Finding(expected, details.size() + seen, details, "2.1", next, actual.command()));
        }
        return this;
    }
}
