package com.openagents.runbook.steps;

import static com.openagents.runbook.assertions.DrillAssertions.assertKeyOfFreshTokens;
import static com.openagents.runbook.assertions.DrillAssertions.assertRefusedByControlPlane;
import static com.openagents.runbook.assertions.DrillAssertions.assertSteady;
import static com.openagents.runbook.assertions.DrillAssertions.assertTrustedByControlPlane;

import com.openagents.runbook.safety.Change;
import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rotates what the runtime shares with the control plane (runbook 5, contract 16): both sides change. */
@Needs({SystemName.KUBERNETES, SystemName.CONTROL_PLANE})
public final class ControlPlaneRotationSteps {
    private static final String INTERNAL = "OA_RUNTIME_INTERNAL_SHARED_SECRET";
    private static final String KEY_ID = "OA_SYNC_TOKEN_KEY_ID";
    private static final String KEY = "OA_SYNC_TOKEN_SIGNING_KEY";
    private static final String NEW_KEY_ID = "runbook-rotation-drill";
    private static final String TOPIC = "runtime.codex_worker_summaries";

    private final ScenarioDrill scenario;
    private final Systems systems;
    private String old;
    private String fresh;

    public ControlPlaneRotationSteps(ScenarioDrill scenario, Systems systems) {
        this.scenario = scenario;
        this.systems = systems;
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.CHANGE_SECRETS, Right.PODS, Right.RESTART, Right.RUN_GATE})
    @When("the pods are given a new sync key beside the old one, and the token mint switches to it")
    public void switchTheMint() {
        var drill = scenario.drill();
        var secrets = drill.secrets();
        var key = secrets.newValue();
        make(
                secrets.changeSecrets(Map.of(
                        KEY_ID,
                        Optional.of(NEW_KEY_ID),
                        KEY,
                        Optional.of(key),
                        "OA_SYNC_TOKEN_PREVIOUS_KEY_ID",
                        Optional.of(secrets.value(KEY_ID)),
                        "OA_SYNC_TOKEN_PREVIOUS_SIGNING_KEY",
                        Optional.of(secrets.value(KEY)))),
                drill.cluster().restartPods(),
                drill.operator().switchMint(NEW_KEY_ID, key));
    }

    @Then("a freshly minted sync token names the new key")
    public void freshTokensNameTheNewKey() {
        assertKeyOfFreshTokens(
                systems.controlPlane().heldAgainst("key " + NEW_KEY_ID).syncToken(TOPIC), NEW_KEY_ID);
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
        make(
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

    private void make(Change... changes) {
        var drill = scenario.drill();
        drill.mean(List.of(changes));
        List.of(changes)
                .forEach(change -> assertSteady(
                        drill.make(change), "5.3", () -> systems.kubernetes().runtimePods("all ready")));
    }
}
