package com.openagents.runbook.steps;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.en.Then;

@Needs(SystemName.KUBERNETES)
public final class NetworkSteps {
    private final Systems systems;

    public NetworkSteps(Systems systems) {
        this.systems = systems;
    }

    @Then("the network policy lets in the runtime pods and their clients, and nobody else")
    public void policyIsAsPublished() {
        assertThat(systems.kubernetes().ingressPolicy("the four published sources"))
                .isAsPublished();
    }
}
