package com.openagents.runbook.steps.secrets;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatPods;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatSockets;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.runtime.RuntimeSystem;
import com.openagents.runbook.system.runtime.StreamFrom;
import com.openagents.runbook.system.runtime.TokenDefect;
import com.openagents.runbook.system.sync.SyncTokenDefect;
import io.cucumber.java.en.Then;
import java.util.List;

/** Section 5. SECRET_KEY_BASE can only be seen to be there: nothing that the service says depends on it (contract 16). */
public final class SecretsSteps {
    private static final List<String> SYNC_KEY = List.of("OA_SYNC_TOKEN_KEY_ID", "OA_SYNC_TOKEN_SIGNING_KEY");
    private static final String NO_RUN = "runbook-no-such-run";
    private static final String TOPIC = "runtime.codex_worker_summaries";

    private final Systems systems;

    public SecretsSteps(Systems systems) {
        this.systems = systems;
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.SECRET)
    @Then("the secrets {word}, {word} and {word} are set")
    public void areSet(String first, String second, String third) {
        assertThat(systems.kubernetes().secret("each key set")).hasSet(List.of(first, second, third));
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.SECRET)
    @Then("the sync key and its id are set")
    public void syncKeyIsComplete() {
        assertThat(systems.kubernetes().secret("key and key id set")).hasACompleteSyncKey();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.SECRET_USE_OF_PODS)
    @Then("the runtime pods take the sync key and its id from the Kubernetes Secret")
    public void podsTakeTheSyncKey() {
        assertThat(systems.kubernetes().secretUseOfPods("both from the Secret")).takesFromTheSecret(SYNC_KEY);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.SECRET_USE_OF_PODS)
    @Then("the runtime pods take {word}, {word} and {word} from the Kubernetes Secret")
    public void podsTake(String first, String second, String third) {
        assertThat(systems.kubernetes().secretUseOfPods("each from the Secret"))
                .takesFromTheSecret(List.of(first, second, third));
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.SECRET_USE_OF_GATE)
    @Then("the gate takes {word}, {word} and {word} from the Kubernetes Secret")
    public void gateTakes(String first, String second, String third) {
        systems.kubernetes()
                .secretUseOfGate("each from the Secret")
                .forEach(job -> assertThat(job).takesFromTheSecret(List.of(first, second, third)));
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.PODS, Right.SECRET})
    @Then("every runtime pod started after the secrets last changed")
    public void podsAreNewer() {
        var secret = systems.kubernetes().secret("when it last changed");
        assertThat(systems.kubernetes().runtimePods("started after that")).startedAfterChangeOf(secret);
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.GATE_RUNS, Right.SECRET})
    @Then("the newest smoke run finished after the secrets last changed")
    public void gateIsNewer() {
        var secret = systems.kubernetes().secret("when it last changed");
        assertThat(systems.kubernetes().newestSmokeRun("finished after that")).finishedAfterChangeOf(secret);
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod accepts a request signed with the signature secret")
    public void podsAccept() {
        assertThatPods(systems.runtime().heldAgainst("200").onEveryPod(RuntimeSystem::health))
                .accept();
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod lets a request signed with the signature secret through to the stream path")
    public void podsReachTheStreamPath() {
        assertThatPods(systems.runtime()
                        .heldAgainst("404, for there is no such run")
                        .onEveryPod(pod -> pod.run(NO_RUN, NO_RUN).streamHead(StreamFrom.cursor(0))))
                .reachTheStreamPath();
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod refuses a request signed with another secret")
    public void podsRefuse() {
        var wrong = systems.runtime().token().with(TokenDefect.BAD_SIGNATURE);
        assertThatPods(systems.runtime()
                        .signedBy(wrong)
                        .heldAgainst("401")
                        .onEveryPod(pod -> pod.codexWorkers().list()))
                .refuseTheSignature();
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod opens a sync socket for a token of the sync key")
    public void socketsOpen() {
        assertThatSockets(systems.sync()
                        .heldAgainst("101")
                        .onEveryPod(systems.sync().token().scopes(TOPIC).build()))
                .open();
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod refuses a sync token of an unknown key")
    public void socketsRefuseUnknownKeys() {
        var unknown = systems.sync()
                .token()
                .scopes(TOPIC)
                .with(SyncTokenDefect.UNKNOWN_KID)
                .build();
        assertThatSockets(systems.sync().heldAgainst("403").onEveryPod(unknown)).refuse();
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod refuses a sync token that is signed with another key")
    public void socketsRefuseOtherKeys() {
        var other = systems.sync()
                .token()
                .scopes(TOPIC)
                .with(SyncTokenDefect.INVALID_SIGNATURE)
                .build();
        assertThatSockets(systems.sync().heldAgainst("403").onEveryPod(other)).refuse();
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod answers from the database")
    public void podsReachTheDatabase() {
        assertThatPods(systems.runtime()
                        .heldAgainst("200")
                        .onEveryPod(pod -> pod.codexWorkers().list()))
                .comeFromTheDatabase();
    }
}
