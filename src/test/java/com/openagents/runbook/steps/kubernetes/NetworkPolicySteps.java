package com.openagents.runbook.steps.kubernetes;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.en.Then;

/** Who may reach the runtime pods (runbook 4B). */
@Needs(value = SystemName.KUBERNETES, rights = Right.POLICIES)
public final class NetworkPolicySteps {
    private final Systems systems;

    public NetworkPolicySteps(Systems systems) {
        this.systems = systems;
    }

    @Then("the network policy lets the runtime pods reach each other")
    public void podsReachEachOther() {
        assertThat(systems.kubernetes().ingressRules("the rules of the published policy"))
                .letPodsReachEachOther();
    }

    @Then("the network policy lets the control plane and HTTP clients in")
    public void clientsAreLetIn() {
        assertThat(systems.kubernetes().ingressRules("the rules of the published policy"))
                .letClientsIn();
    }

    @Then("the network policy keeps everybody else out")
    public void nobodyElseIsLetIn() {
        assertThat(systems.kubernetes().ingressRules("the rules of the published policy"))
                .letNobodyElseIn();
    }
}
