package com.openagents.runbook.steps.kubernetes;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;

/** Section 6 on Kubernetes. */
@Needs(SystemName.KUBERNETES)
public final class GateSteps {
    private final Systems systems;

    public GateSteps(Systems systems) {
        this.systems = systems;
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.GATE_RUNS)
    @Given("a migration run is on record")
    public void isOnRecord() {
        assertThat(systems.kubernetes().newestMigrationRun("the Job is there")).isOnRecord();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.GATE_RUNS)
    @Then("the newest migration run is complete")
    public void isComplete() {
        assertThat(systems.kubernetes().newestMigrationRun("condition Complete is True"))
                .isComplete();
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.GATE_RUNS, Right.ROLLOUT})
    @Then("the newest migration run used the image that the StatefulSet runs")
    public void usedTheImage() {
        var rollout = systems.kubernetes().rollout("its image");
        assertThat(systems.kubernetes().newestMigrationRun("image " + rollout.image()))
                .ranTheImageOf(rollout);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.GATE_RUNS)
    @Then("the newest smoke run started after the newest migration run had finished")
    public void inThisOrder() {
        var migration = systems.kubernetes().newestMigrationRun("when it finished");
        assertThat(systems.kubernetes().newestSmokeRun("started after that")).startedAfter(migration);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.GATE_RUNS)
    @Then("the newest migration run verifies the required tables")
    public void verifies() {
        assertThat(systems.kubernetes().newestMigrationRun("command migrate_and_verify!"))
                .verifiesTheTables();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.ROLLOUT)
    @Then("the image of the StatefulSet is a valid reference")
    public void imageIsValid() {
        assertThat(systems.kubernetes().rollout("no placeholder in the image")).hasAValidImage();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.ROLLOUT)
    @Then("the image of the StatefulSet names one build")
    public void imageNamesOneBuild() {
        assertThat(systems.kubernetes().rollout("a tag that does not move, or a digest"))
                .namesOneBuild();
    }
}
