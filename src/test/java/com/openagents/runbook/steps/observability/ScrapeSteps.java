package com.openagents.runbook.steps.observability;

import static com.openagents.runbook.assertions.MonitoringAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.en.Then;

/** What section 2 says about the way of metrics and alerts. */
public final class ScrapeSteps {
    private final Systems systems;

    public ScrapeSteps(Systems systems) {
        this.systems = systems;
    }

    @Then("every scrape target is up")
    @Needs(SystemName.PROMETHEUS)
    public void up() {
        assertThat(systems.prometheus().targets("all up")).areUp();
    }

    @Then("every ready runtime pod is scraped")
    @Needs(
            value = {SystemName.KUBERNETES, SystemName.PROMETHEUS},
            rights = Right.PODS)
    public void podsAreScraped() {
        var pods = systems.kubernetes().runtimePods("the ready ones");
        assertThat(systems.prometheus().targets("one for each ready pod")).includeEveryReadyPodOf(pods);
    }

    @Then("Prometheus hands its alerts to an Alertmanager")
    @Needs(SystemName.PROMETHEUS)
    public void handsOn() {
        assertThat(systems.prometheus().receivers("at least one")).exist();
    }

    @Then("the Alertmanager answers")
    @Needs(SystemName.ALERTMANAGER)
    public void answers() {
        systems.alertmanager().alerts("an answer, whatever alerts there are");
    }
}
