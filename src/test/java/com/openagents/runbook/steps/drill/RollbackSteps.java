package com.openagents.runbook.steps.drill;

import static com.openagents.runbook.assertions.DrillAssertions.assertApplied;
import static com.openagents.runbook.assertions.DrillAssertions.assertThatAllRun;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.AppliedMigrations;
import com.openagents.runbook.system.kubernetes.Revisions.Revision;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Section 7. */
@Needs(SystemName.KUBERNETES)
public final class RollbackSteps {
    private final Systems systems;
    private final ScenarioDrill scenario;
    private final Changes image;
    private final Changes schema;
    private Revision before;
    private long newest;

    public RollbackSteps(Systems systems, ScenarioDrill scenario) {
        this.systems = systems;
        this.scenario = scenario;
        this.image = new Changes(scenario, systems, "7.1");
        this.schema = new Changes(scenario, systems, "7.2");
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.REVISIONS)
    @Then("the StatefulSet keeps a revision before the current one")
    public void hasOneToGoBackTo() {
        assertThat(systems.kubernetes().revisions("one before the current one")).haveOneToGoBackTo();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.REVISIONS)
    @Then("the revision before the current one has another image")
    public void changesTheImage() {
        assertThat(systems.kubernetes().revisions("another image")).wouldChangeTheImage();
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.PODS, Right.REVISIONS, Right.ROLL_BACK})
    @When("the StatefulSet is rolled back to the revision before the current one")
    public void rollBack() {
        var revisions = systems.kubernetes().revisions("one before the current one");
        assertThat(revisions).haveOneToGoBackTo();
        before = revisions.before().orElseThrow();
        image.make(scenario.drill().cluster().rollBackTo(before.name()));
    }

    @Needs(
            value = {SystemName.KUBERNETES, SystemName.DATABASE},
            rights = {Right.PODS, Right.RUN_GATE})
    @When("the newest migration is rolled back by its version")
    public void rollBackTheSchema() {
        newest = migrations("the newest of them")
                .newest()
                .orElseThrow(() -> new CouldNotCheck("no migration is applied, so none can be rolled back"));
        schema.make(scenario.drill().operator().rollBackMigration(newest));
    }

    @Needs(SystemName.DATABASE)
    @Then("that migration is no longer applied")
    public void migrationIsGone() {
        assertApplied(migrations("without " + newest), newest, false);
    }

    @Needs(SystemName.DATABASE)
    @Then("that migration is applied again")
    public void migrationIsBack() {
        assertApplied(migrations("with " + newest), newest, true);
    }

    private AppliedMigrations migrations(String heldAgainst) {
        return systems.database().migrationsOfRuntime(heldAgainst);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("every runtime pod runs the release before")
    public void runsTheReleaseBefore() {
        assertThatAllRun(systems.kubernetes().runtimePods("image " + before.image()), before.image(), "7.1");
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.REVISIONS)
    @Then("the StatefulSet updates all its pods by itself")
    public void reachesEveryPod() {
        assertThat(systems.kubernetes().revisions("strategy RollingUpdate, partition 0"))
                .reachEveryPod();
    }
}
