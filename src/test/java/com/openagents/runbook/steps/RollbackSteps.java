package com.openagents.runbook.steps;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.en.Then;

/** Section 7. */
@Needs(SystemName.KUBERNETES)
public final class RollbackSteps {
    private final Systems systems;

    public RollbackSteps(Systems systems) {
        this.systems = systems;
    }

    @Then("the StatefulSet keeps a revision before the current one")
    public void hasOneToGoBackTo() {
        assertThat(systems.kubernetes().revisions("one before the current one")).haveOneToGoBackTo();
    }

    @Then("the revision before the current one has another image")
    public void changesTheImage() {
        assertThat(systems.kubernetes().revisions("another image")).wouldChangeTheImage();
    }

    @Then("the StatefulSet updates all its pods by itself")
    public void reachesEveryPod() {
        assertThat(systems.kubernetes().revisions("strategy RollingUpdate, partition 0"))
                .reachEveryPod();
    }
}
