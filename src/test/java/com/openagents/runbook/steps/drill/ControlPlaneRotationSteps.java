package com.openagents.runbook.steps.drill;

import static com.openagents.runbook.assertions.DrillAssertions.assertKeyOfFreshTokens;
import static com.openagents.runbook.assertions.DrillAssertions.assertRefusedByControlPlane;
import static com.openagents.runbook.assertions.DrillAssertions.assertTrustedByControlPlane;

import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Map;
import java.util.Optional;

/** Rotates what the runtime shares with the control plane (runbook 5, contract 16): both sides change. */
@Needs({SystemName.KUBERNETES, SystemName.CONTROL_PLANE})
public final class ControlPlaneRotationSteps {
    private static final String INTERNAL = "OA_RUNTIME_INTERNAL_SHARED_SECRET";
    private static final String TOPIC = "runtime.codex_worker_summaries";

    private final ScenarioDrill scenario;
    private final Systems systems;
    private final Changes changes;
    private String old;
    private String fresh;

    public ControlPlaneRotationSteps(ScenarioDrill scenario, Systems systems) {
        this.scenario = scenario;
        this.systems = systems;
        this.changes = new Changes(scenario, systems, "5.3");
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.CHANGE_SECRETS, Right.PODS, Right.RESTART, Right.RUN_GATE})
    @When("the pods are given a new sync key beside the old one, and the token mint switches to it")
    public void switchTheMint() {
        var drill = scenario.drill();
        var secrets = drill.secrets();
        var keys = SyncKeys.of(secrets);
        changes.make(
                secrets.changeSecrets(keys.both()),
                drill.cluster().restartPods(),
                drill.operator().switchMint(keys.fresh().id(), keys.fresh().value()));
    }

    @Then("a freshly minted sync token names the new key")
    public void freshTokensNameTheNewKey() {
        assertKeyOfFreshTokens(
                systems.controlPlane().heldAgainst("key " + SyncKeys.NEW_KEY_ID).syncToken(TOPIC), SyncKeys.NEW_KEY_ID);
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.CHANGE_SECRETS, Right.PODS, Right.RESTART, Right.RUN_GATE})
    @When("the internal shared secret is rotated on both sides, and the pods are restarted")
    public void rotateTheInternalSecret() {
        var drill = scenario.drill();
        var secrets = drill.secrets();
        old = secrets.value(INTERNAL);
        fresh = secrets.newValue();
        changes.make(
                drill.operator().trustInternal(fresh),
                secrets.changeSecrets(Map.of(INTERNAL, Optional.of(fresh))),
                drill.cluster().restartPods());
    }

    @Then("the control plane refuses a request signed with the old internal shared secret")
    public void oldIsRefused() {
        assertRefusedByControlPlane(systems.controlPlane().heldAgainst("401").internal(old));
    }

    @Then("the control plane accepts a request signed with the new internal shared secret")
    public void newIsAccepted() {
        assertTrustedByControlPlane(
                systems.controlPlane().heldAgainst("not 401").internal(fresh));
    }
}
