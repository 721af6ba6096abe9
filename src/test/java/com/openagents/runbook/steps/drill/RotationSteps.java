package com.openagents.runbook.steps.drill;

import static com.openagents.runbook.assertions.DrillAssertions.assertRefused;
import static com.openagents.runbook.assertions.DrillAssertions.assertThatGate;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatPods;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatSockets;

import com.openagents.runbook.safety.Change;
import com.openagents.runbook.safety.GateResult;
import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.runtime.RuntimeSystem;
import com.openagents.runbook.system.runtime.SignatureToken;
import com.openagents.runbook.system.sync.SyncToken;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Map;
import java.util.Optional;

/** Rotates secrets (runbook 5): each is changed where the pods take it from, and the pods are restarted. */
@Needs(SystemName.KUBERNETES)
public final class RotationSteps {
    private static final String SIGNATURE = "RUNTIME_SIGNATURE_SECRET";
    private static final String TOPIC = "runtime.codex_worker_summaries";

    private final ScenarioDrill scenario;
    private final Systems systems;
    private final Changes changes;
    private Secret old;
    private Secret fresh;
    private SyncKeys keys;
    private GateResult gate;

    /** @param id of the database role, empty for other secrets */
    private record Secret(String id, String value) {
        @Override
        public String toString() {
            return "secret " + id;
        }
    }

    public RotationSteps(ScenarioDrill scenario, Systems systems) {
        this.scenario = scenario;
        this.systems = systems;
        this.changes = new Changes(scenario, systems, "5.3");
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.CHANGE_SECRETS, Right.PODS, Right.RESTART, Right.RUN_GATE})
    @When("the signature secret is rotated, the pods are restarted, and the gate is rerun")
    public void rotateSignatureSecret() {
        var secrets = scenario.drill().secrets();
        old = new Secret("", secrets.value(SIGNATURE));
        fresh = new Secret("", secrets.newValue());
        rotate(secrets.changeSecrets(Map.of(SIGNATURE, Optional.of(fresh.value()))));
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.CHANGE_SECRETS, Right.PODS, Right.RESTART, Right.RUN_GATE})
    @When("SECRET_KEY_BASE is rotated, the pods are restarted, and the gate is rerun")
    public void rotateKeyBase() {
        var secrets = scenario.drill().secrets();
        rotate(secrets.changeSecrets(Map.of("SECRET_KEY_BASE", Optional.of(secrets.newValue() + secrets.newValue()))));
    }

    @Needs(
            value = {SystemName.KUBERNETES, SystemName.DATABASE},
            rights = {Right.CHANGE_SECRETS, Right.PODS, Right.RESTART, Right.RUN_GATE})
    @When("the database password is rotated, the pods are restarted, and the gate is rerun")
    public void rotateDatabasePassword() {
        var secrets = scenario.drill().secrets();
        var login = secrets.databaseLogin();
        old = new Secret(login.user(), login.password());
        rotate(secrets.changeDatabasePassword(secrets.newValue()));
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.CHANGE_SECRETS, Right.PODS, Right.RESTART, Right.RUN_GATE})
    @When("a new sync key is put in beside the old one, the pods are restarted, and the gate is rerun")
    public void putInASyncKey() {
        var secrets = scenario.drill().secrets();
        keys = SyncKeys.of(secrets);
        rotate(secrets.changeSecrets(keys.both()));
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.CHANGE_SECRETS, Right.PODS, Right.RESTART, Right.RUN_GATE})
    @When("a new sync key takes the place of the old one, the pods are restarted, and the gate is rerun")
    public void replaceTheSyncKey() {
        var secrets = scenario.drill().secrets();
        keys = SyncKeys.of(secrets);
        rotate(secrets.changeSecrets(keys.freshOnly()));
    }

    private void rotate(Change change) {
        var drill = scenario.drill();
        var restart = drill.cluster().restartPods();
        var rerun = drill.cluster().runGate(result -> gate = result);
        changes.make(change, restart, rerun);
    }

    @Then("the post-deploy gate passes")
    public void gatePasses() {
        var drill = scenario.drill();
        drill.saw("The post-deploy gate", "get jobs", gate.rows(), "both Jobs are complete");
        assertThatGate(gate, drill.kubectl()).passed("5.3");
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod accepts a request signed with the new signature secret")
    public void podsAcceptTheNew() {
        assertThatPods(signedWith(fresh).heldAgainst("200").onEveryPod(RuntimeSystem::health))
                .accept();
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod refuses a request signed with the old signature secret")
    public void podsRefuseTheOld() {
        assertThatPods(signedWith(old)
                        .heldAgainst("401")
                        .onEveryPod(pod -> pod.codexWorkers().list()))
                .refuseTheSignature();
    }

    private RuntimeSystem signedWith(Secret secret) {
        return systems.runtime().signedBy(SignatureToken.signedWith(secret::value));
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod opens a sync socket for a token of the new sync key")
    public void socketsOpenForTheNew() {
        assertThatSockets(systems.sync().heldAgainst("101").onEveryPod(tokenOf(keys.fresh())))
                .open();
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod opens a sync socket for a token of the old sync key")
    public void socketsOpenForTheOld() {
        assertThatSockets(systems.sync().heldAgainst("101").onEveryPod(tokenOf(keys.old())))
                .open();
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod refuses a sync token of the old sync key")
    public void socketsRefuseTheOld() {
        assertThatSockets(systems.sync().heldAgainst("403").onEveryPod(tokenOf(keys.old())))
                .refuse();
    }

    private SyncToken tokenOf(SyncKeys.Key key) {
        return systems.sync().tokenOf(key.id(), key::value).scopes(TOPIC).build();
    }

    @Needs(SystemName.DATABASE)
    @Then("the database refuses the old password")
    public void databaseRefusesTheOld() {
        assertRefused(systems.database().login(old.id(), old.value()));
    }
}
