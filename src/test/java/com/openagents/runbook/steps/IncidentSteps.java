package com.openagents.runbook.steps;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.IncidentReader;
import com.openagents.runbook.system.database.IncidentThresholds;
import io.cucumber.java.en.Then;

/** What the tables of the runtime tell about the incidents of section 4. */
@Needs(SystemName.DATABASE)
public final class IncidentSteps {
    private final Systems systems;
    private final IncidentThresholds limits;

    public IncidentSteps(Systems systems, IncidentThresholds limits) {
        this.systems = systems;
        this.limits = limits;
    }

    private IncidentReader tables() {
        return systems.database().incidents();
    }

    @Then("every run that has ended says run.finished as its last event and once")
    public void runsEndProperly() {
        assertThat(tables().runsWithoutProperEnd(limits.window()))
                .areNone(
                        "Every ended run says run.finished last and once",
                        "runs did not",
                        "4A.3",
                        "look at the events of such a run, and at the pod that executed it");
    }

    @Then("runs are not canceled in a storm")
    public void runsAreNotCanceledInAStorm() {
        assertThat(tables().cancelRequests(limits.window()))
                .stayBelow(
                        limits.cancelPercent(),
                        limits.fewest(),
                        "Runs are not canceled in a storm",
                        "runs were canceled",
                        "4A.4",
                        "find out who cancels: a client that gives up, or the control plane");
    }

    @Then("no lease of an unfinished run is stale")
    public void noLeaseIsStale() {
        assertThat(tables().staleLeases(limits.leaseBound()))
                .areNone(
                        "The janitor takes up every lease within " + Ago.text(limits.leaseBound()) + " of its end",
                        "leases of unfinished runs are older",
                        "4B.3",
                        "see whether the janitor goes its rounds on any pod; it logs and counts each of them");
    }

    @Then("tool calls end well")
    public void toolCallsEndWell() {
        assertThat(tables().toolFailures(limits.window()))
                .stayBelow(
                        limits.failurePercent(),
                        limits.fewest(),
                        "Tool calls end well",
                        "tool calls ended badly",
                        "4C.2",
                        "check the provider of the tool that fails most, then its time budget");
    }

    @Then("no tool call goes on beyond its time or after the end of its run")
    public void noToolGoesOn() {
        assertThat(tables().overdueTools(limits.toolBudget()))
                .areNone(
                        "No tool call goes on beyond " + Ago.text(limits.toolBudget()),
                        "tool calls go on",
                        "4C.4",
                        "confirm the time budget of the tool and how it takes a cancel");
    }

    @Then("policy denies no more than is usual")
    public void policyDeniesLittle() {
        assertThat(tables().denials(limits.window()))
                .stayBelow(
                        limits.denialPercent(),
                        limits.fewest(),
                        "Policy denies no more than is usual",
                        "policy decisions were denials",
                        "4D.1",
                        "see which reason dominates; for budget_exhausted go to the authorization (4D.2)");
    }

    @Then("every delegated budget has room left")
    public void budgetsHaveRoom() {
        assertThat(tables().drainedBudgets(limits.budgetPercent()))
                .areNone(
                        "Every delegated budget has room left",
                        "budgets are used by " + limits.budgetPercent() + " % or more",
                        "4D.2",
                        "confirm the envelope with its owner, and see what changed it last");
    }

    @Then("no workload loops")
    public void nothingLoops() {
        assertThat(tables().loops(limits.window()))
                .areNone(
                        "No workload loops",
                        "loops were detected",
                        "4D.3",
                        "stop the workload of such a run before it uses up its budget");
    }

    @Then("no sync event is kept beyond the retention horizon")
    public void retentionWorks() {
        assertThat(tables().overdueSyncRows(limits.retentionHorizon()))
                .areNone(
                        "Retention removes sync events after a day",
                        "events are older",
                        "4G.2",
                        "see whether the retention job runs on any pod, and with which horizon");
    }
}
