package com.openagents.runbook.steps.incident;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.IncidentQuestion;
import io.cucumber.java.en.Then;

/** What the tables say of policy and budgets (runbook 4D). */
@Needs(SystemName.DATABASE)
public final class PolicyIncidentSteps {
    private final Systems systems;
    private final IncidentThresholds thresholds;

    public PolicyIncidentSteps(Systems systems, IncidentThresholds thresholds) {
        this.systems = systems;
        this.thresholds = thresholds;
    }

    @Then("no reason dominates the policy denials")
    public void noReasonDominates() {
        var limit = "at most " + thresholds.few() + ", or no reason more than half of them";
        assertThat(systems.database().causes(IncidentQuestion.POLICY_DENIALS, thresholds, limit))
                .areNotDominatedByOne(thresholds);
    }

    @Then("every delegated budget has room left")
    public void budgetsHaveRoom() {
        var limit = "at least " + thresholds.budgetRoom() + "% left of each";
        assertThat(systems.database().causes(IncidentQuestion.BUDGETS_DRAINED, thresholds, limit))
                .areNone();
    }

    @Then("no delegated budget was withdrawn while in use")
    public void noBudgetWasWithdrawn() {
        assertThat(systems.database().causes(IncidentQuestion.BUDGETS_WITHDRAWN, thresholds, "none"))
                .areNone();
    }

    @Then("nothing stays set aside from a delegated budget")
    public void nothingStaysSetAside() {
        assertThat(systems.database().causes(IncidentQuestion.RESERVATIONS_STUCK, thresholds, "none"))
                .areNone();
    }

    @Needs(value = SystemName.DATABASE, traffic = true)
    @Then("no workload loops")
    public void noWorkloadLoops() {
        assertThat(systems.database().causes(IncidentQuestion.LOOPS, thresholds, "none"))
                .areNone();
    }
}
