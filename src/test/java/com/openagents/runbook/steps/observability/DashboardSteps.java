package com.openagents.runbook.steps.observability;

import com.openagents.runbook.assertions.DashboardAssert;
import com.openagents.runbook.assertions.WatchedMetricsAssert;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.grafana.Dashboard;
import com.openagents.runbook.system.prometheus.QueryAnswer;
import com.openagents.runbook.system.prometheus.Watching;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dashboard of section 2, and what it and the rules watch. */
public final class DashboardSteps {
    private static final String UID = "runtime-ops";

    private final Systems systems;
    private Dashboard dashboard;

    public DashboardSteps(Systems systems) {
        this.systems = systems;
    }

    @Given("the operations dashboard")
    @Needs(SystemName.GRAFANA)
    public void dashboard() {
        dashboard = systems.grafana().dashboard(UID, "the panels of the runbook");
    }

    @Then("it has these panels")
    public void panels(List<String> titles) {
        DashboardAssert.assertThat(dashboard).hasPanels(titles);
    }

    @Then("every panel has a query")
    public void queries() {
        DashboardAssert.assertThat(dashboard).hasAQueryInEveryPanel();
    }

    @Then("every metric and label that a rule or a panel uses exists in the running system")
    @Needs(SystemName.PROMETHEUS)
    public void watched() {
        var prometheus = systems.prometheus();
        var watching = new Watching();
        prometheus
                .rules("what the rules use")
                .rules()
                .forEach(rule -> watching.by("alert " + rule.name(), rule.query()));
        dashboard
                .panels()
                .forEach(panel -> panel.queries().forEach(query -> watching.by("panel " + panel.title(), query)));
        var found = prometheus.metrics(watching.metrics(), "every one that a rule or a panel uses");
        WatchedMetricsAssert.assertThat(found).haveWhatIsUsedBy(watching);
    }

    @Then("every panel shows data")
    @Needs(SystemName.PROMETHEUS)
    public void data() {
        Map<String, QueryAnswer> answers = new LinkedHashMap<>();
        dashboard
                .panels()
                .forEach(panel -> panel.queries()
                        .forEach(query ->
                                answers.put(panel.title(), systems.prometheus().query(query, "any series"))));
        DashboardAssert.assertThat(dashboard).showsDataOf(answers);
    }
}
