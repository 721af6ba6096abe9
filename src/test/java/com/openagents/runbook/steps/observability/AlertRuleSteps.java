package com.openagents.runbook.steps.observability;

import static com.openagents.runbook.assertions.MonitoringAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.prometheus.AlertExpectations;
import com.openagents.runbook.system.prometheus.AlertRules;
import com.openagents.runbook.system.prometheus.MatrixRow;
import io.cucumber.java.DataTableType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;
import java.util.Map;

/** The alert rules of section 2. */
public final class AlertRuleSteps {
    private final Systems systems;
    private final AlertExpectations expected;
    private AlertRules rules;

    public AlertRuleSteps(Systems systems, AlertExpectations expected) {
        this.systems = systems;
        this.expected = expected;
    }

    @DataTableType
    public MatrixRow matrixRow(Map<String, String> cells) {
        return MatrixRow.parse(cells.get("alert"), cells.get("threshold"), cells.get("for"), cells.get("severity"));
    }

    @Given("the alert rules that Prometheus evaluates")
    @Needs(SystemName.PROMETHEUS)
    public void alertRules() {
        rules = systems.prometheus().rules("the alert matrix");
        assertThat(rules).exist();
    }

    @Then("every alert rule is healthy")
    public void healthy() {
        assertThat(rules).areHealthy();
    }

    @Then("they are these")
    public void matrix(List<MatrixRow> matrix) {
        assertThat(rules).areThoseOf(matrix, expected);
    }

    @Then("the runbook link of every alert resolves to a heading")
    public void links() {
        assertThat(rules).leadToHeadingsIn(expected.documents());
    }
}
