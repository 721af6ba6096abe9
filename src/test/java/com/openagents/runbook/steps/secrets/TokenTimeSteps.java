package com.openagents.runbook.steps.secrets;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThatPods;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatSockets;

import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.runtime.RuntimeSystem;
import com.openagents.runbook.system.runtime.SignatureToken;
import com.openagents.runbook.system.sync.Handshake;
import com.openagents.runbook.system.sync.SyncTokenBuilder;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Tokens at the edge of their time, as from clients whose clocks differ (contract 3.2 and 5.5): 30 seconds ahead are
 * tolerated, and nothing after the end.
 */
public final class TokenTimeSteps {
    private static final String TOPIC = "runtime.codex_worker_summaries";
    /** Issued a minute and a second ago, for a minute. */
    private static final Duration JUST_OVER = Duration.ofSeconds(-61);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScenarioDrill scenario;
    private final Systems systems;

    public TokenTimeSteps(ScenarioDrill scenario, Systems systems) {
        this.scenario = scenario;
        this.systems = systems;
    }

    @When("clients come whose clocks differ from those of the pods")
    public void clocksDiffer() {
        scenario.drill().mean(List.of());
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod accepts a request from a clock that is {int} seconds ahead")
    public void requestsFromAheadAreAccepted(int seconds) {
        assertThatPods(requests("200", token -> token.clockAhead(Duration.ofSeconds(seconds))))
                .acceptTheTime(ahead(seconds));
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod refuses a request from a clock that is {int} seconds ahead")
    public void requestsFromTooFarAreRefused(int seconds) {
        assertThatPods(requests("401", token -> token.clockAhead(Duration.ofSeconds(seconds))))
                .refuseTheTime("token issued in the future", ahead(seconds));
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod refuses a request whose token expired a second ago")
    public void expiredRequestsAreRefused() {
        assertThatPods(requests("401", token -> token.lasting(MINUTE).clockAhead(JUST_OVER)))
                .refuseTheTime("token expired", "whose token expired a second ago");
    }

    private Map<String, Answer> requests(String heldAgainst, UnaryOperator<SignatureToken> time) {
        return systems.runtime()
                .signedBy(time.apply(systems.runtime().token()))
                .heldAgainst(heldAgainst)
                .onEveryPod(RuntimeSystem::health);
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod opens a sync socket for a token from a clock that is {int} seconds ahead")
    public void socketsFromAheadOpen(int seconds) {
        assertThatSockets(sockets("101", token -> token.clockAhead(Duration.ofSeconds(seconds))))
                .openAtTheTime(ahead(seconds));
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod refuses a sync token from a clock that is {int} seconds ahead")
    public void socketsFromTooFarAreRefused(int seconds) {
        assertThatSockets(sockets("403", token -> token.clockAhead(Duration.ofSeconds(seconds))))
                .refuseTheTime(ahead(seconds));
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod refuses a sync token that expired a second ago")
    public void expiredSocketsAreRefused() {
        assertThatSockets(sockets("403", token -> token.lasting(MINUTE).clockAhead(JUST_OVER)))
                .refuseTheTime("that expired a second ago");
    }

    private static String ahead(int seconds) {
        return "from a clock that is " + seconds + " seconds ahead";
    }

    private Map<String, Handshake> sockets(String heldAgainst, UnaryOperator<SyncTokenBuilder> time) {
        return systems.sync()
                .heldAgainst(heldAgainst)
                .onEveryPod(time.apply(systems.sync().token().scopes(TOPIC)).build());
    }
}
