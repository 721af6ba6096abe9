package com.openagents.runbook.steps.incident;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.IncidentQuestion;
import io.cucumber.java.en.Then;

/** What the tables say of runs and their leases (runbook 4A, 4B). */
@Needs(value = SystemName.DATABASE, traffic = true)
public final class RunIncidentSteps {
    private final Systems systems;
    private final IncidentThresholds thresholds;

    public RunIncidentSteps(Systems systems, IncidentThresholds thresholds) {
        this.systems = systems;
        this.thresholds = thresholds;
    }

    @Then("every run that ended says so last and once")
    public void endingsAreSaid() {
        assertThat(systems.database().causes(IncidentQuestion.RUNS_ENDED_UNSAID, thresholds, "none"))
                .areNone();
    }

    @Then("the events of every run are linked without a gap")
    public void eventsAreLinked() {
        assertThat(systems.database().causes(IncidentQuestion.EVENTS_UNLINKED, thresholds, "none"))
                .areNone();
    }

    @Then("the summary of every run that ended says how")
    public void summariesFollow() {
        assertThat(systems.database().causes(IncidentQuestion.SUMMARIES_BEHIND, thresholds, "none"))
                .areNone();
    }

    @Then("runs are not canceled in a storm")
    public void noCancelStorm() {
        assertThat(systems.database().causes(IncidentQuestion.RUNS_CANCELED, thresholds, spike()))
                .areNoSpike(thresholds);
    }

    @Then("pods keep their leases")
    public void podsKeepTheirLeases() {
        assertThat(systems.database()
                        .causes(IncidentQuestion.EXECUTORS_LOST, thresholds, "at most " + thresholds.few()))
                .areFew(thresholds);
    }

    @Then("no lease waits for the janitor longer than its round and cool-down take")
    public void noLeaseIsStale() {
        assertThat(systems.database().causes(IncidentQuestion.LEASES_STALE, thresholds, "none"))
                .areNone();
    }

    @Then("no run was given up by the janitor")
    public void noRunWasGivenUp() {
        assertThat(systems.database().causes(IncidentQuestion.RUNS_GIVEN_UP, thresholds, "none"))
                .areNone();
    }

    private String spike() {
        return "at most " + thresholds.few() + ", or " + thresholds.share() + "%";
    }
}
