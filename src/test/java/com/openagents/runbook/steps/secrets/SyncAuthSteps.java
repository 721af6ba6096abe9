package com.openagents.runbook.steps.secrets;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatRefusals;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatSockets;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.controlplane.MintAnswer;
import com.openagents.runbook.system.runtime.PodMetrics;
import com.openagents.runbook.system.sync.SyncToken;
import com.openagents.runbook.system.sync.SyncTokenBuilder;
import com.openagents.runbook.system.sync.SyncTokenDefect;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;

/** Who gets a sync socket and who does not (runbook 4F). */
public final class SyncAuthSteps {
    private static final String TOPIC = "runtime.codex_worker_summaries";
    private static final String REFUSALS = "openagents_runtime_sync_socket_auth_count";
    private static final List<SyncTokenDefect> TOLD_APART = List.of(
            SyncTokenDefect.UNKNOWN_KID,
            SyncTokenDefect.CLAIM_MISMATCH,
            SyncTokenDefect.TOKEN_EXPIRED,
            SyncTokenDefect.MISSING_TOKEN);

    private final Systems systems;
    private MintAnswer minted;

    public SyncAuthSteps(Systems systems) {
        this.systems = systems;
    }

    @ParameterType("that has expired|of another issuer|for another audience|of another claims version")
    public String badToken(String words) {
        return words;
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod refuses a client with a sync token {badToken}")
    public void badTokensAreRefused(String what) {
        assertThatSockets(systems.sync().heldAgainst("403").onEveryPod(bad(what)))
                .refuseABadToken(what);
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod refuses a client without a sync token")
    public void clientsWithoutATokenAreRefused() {
        assertThatSockets(systems.sync().heldAgainst("403").onEveryPod(SyncToken.none()))
                .refuseABadToken("that is none");
    }

    @Needs({SystemName.SYNC, SystemName.RUNTIME})
    @Then("every runtime pod counts the tokens that it refuses under their reason class")
    public void refusalsAreToldApart() {
        var before = refusals();
        TOLD_APART.forEach(
                defect -> systems.sync().onEveryPod(good().with(defect).build()));
        assertThatRefusals(refusals())
                .roseSince(
                        before,
                        TOLD_APART.stream().map(SyncTokenDefect::reasonClass).toList());
    }

    @Needs(SystemName.CONTROL_PLANE)
    @Given("a freshly minted sync token")
    public void mintToken() {
        minted = systems.controlPlane().heldAgainst("200 with a token").syncToken(TOPIC);
        assertThat(minted).gaveAToken();
    }

    @Needs(SystemName.SYNC)
    @Then("it claims what the runtime expects")
    public void claimsFit() {
        assertThat(minted).claimsWhatIsIn(good().build());
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod opens a sync socket for it")
    public void podsAcceptIt() {
        assertThat(minted)
                .isAcceptedBy(systems.sync()
                        .heldAgainst("101")
                        .onEveryPod(minted.token().orElseThrow()));
    }

    @Needs({SystemName.CONTROL_PLANE, SystemName.SYNC})
    @Then("every runtime pod opens a sync socket for a freshly minted token")
    public void podsAcceptAFreshToken() {
        mintToken();
        podsAcceptIt();
    }

    private PodMetrics refusals() {
        return systems.runtime().heldAgainst("one more of each class").metrics(REFUSALS);
    }

    private SyncToken bad(String what) {
        return switch (what) {
            case "that has expired" ->
                good().with(SyncTokenDefect.TOKEN_EXPIRED).build();
            case "of another issuer" ->
                good().claim("iss", "https://another-issuer.test").build();
            case "for another audience" ->
                good().claim("aud", "another-audience").build();
            default -> good().claim("oa_claims_version", "another_version").build();
        };
    }

    private SyncTokenBuilder good() {
        return systems.sync().token().scopes(TOPIC);
    }
}
