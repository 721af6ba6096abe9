package com.openagents.runbook.steps.kubernetes;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;

@Needs(SystemName.KUBERNETES)
public final class SmokeSteps {
    private final Systems systems;

    public SmokeSteps(Systems systems) {
        this.systems = systems;
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.GATE_RUNS)
    @Given("a smoke run is on record")
    public void isOnRecord() {
        assertThat(systems.kubernetes().newestSmokeRun("the Job is there")).isOnRecord();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.GATE_RUNS)
    @Then("the newest smoke run is complete")
    public void isComplete() {
        assertThat(systems.kubernetes().newestSmokeRun("condition Complete is True"))
                .isComplete();
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.GATE_RUNS, Right.ROLLOUT})
    @Then("the newest smoke run tested the image that the StatefulSet runs")
    public void ranTheImage() {
        var rollout = systems.kubernetes().rollout("its image");
        assertThat(systems.kubernetes().newestSmokeRun("image " + rollout.image()))
                .ranTheImageOf(rollout);
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.GATE_RUNS, Right.ROLLOUT})
    @Then("the newest smoke run finished after the newest rollout")
    public void finishedAfterTheRollout() {
        var rollout = systems.kubernetes().rollout("when it rolled out");
        assertThat(systems.kubernetes().newestSmokeRun("finished after " + rollout.rolledOutAt()))
                .finishedAfter(rollout);
    }
}
