package com.openagents.runbook.steps.incident;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.IncidentQuestion;
import io.cucumber.java.en.Then;

/** What the tables say of tool calls (runbook 4C, 4E). */
@Needs(value = SystemName.DATABASE, traffic = true)
public final class ToolIncidentSteps {
    private final Systems systems;
    private final IncidentThresholds thresholds;

    public ToolIncidentSteps(Systems systems, IncidentThresholds thresholds) {
        this.systems = systems;
        this.thresholds = thresholds;
    }

    @Then("tool calls do not fail in a spike")
    public void noFailureSpike() {
        var limit = "at most " + thresholds.few() + ", or " + thresholds.share() + "%";
        assertThat(systems.database().causes(IncidentQuestion.TOOLS_FAILED, thresholds, limit))
                .areNoSpike(thresholds);
    }

    @Then("tools keep their time budgets")
    public void budgetsAreKept() {
        assertThat(systems.database().causes(IncidentQuestion.TOOLS_OVER_TIME, thresholds, "none"))
                .areNone();
    }

    @Then("no tool goes on after its run has ended")
    public void toolsStopWithTheirRun() {
        assertThat(systems.database().causes(IncidentQuestion.TOOLS_OF_ENDED_RUNS, thresholds, "none"))
                .areNone();
    }

    @Then("every fallback that was used stands in its receipt")
    public void fallbacksAreVisible() {
        assertThat(systems.database().causes(IncidentQuestion.FALLBACKS_HIDDEN, thresholds, "none"))
                .areNone();
    }
}
