package com.openagents.runbook.steps.observability;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThatProviderCalls;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatStreams;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.http.Answer;
import io.cucumber.java.en.Then;
import java.util.Map;

/** What each pod says of its streams, and of the providers of its tools (runbook 4A, 4C, 4E). */
@Needs(SystemName.RUNTIME)
public final class PodTelemetrySteps {
    private static final String GITHUB = "github.primary";

    private final Systems systems;
    private final IncidentThresholds thresholds;

    public PodTelemetrySteps(Systems systems, IncidentThresholds thresholds) {
        this.systems = systems;
        this.thresholds = thresholds;
    }

    @Then("clients do not leave their streams in a spike")
    public void clientsStay() {
        var limit = "client_closed at most " + thresholds.few() + ", or " + thresholds.share() + "%";
        assertThatStreams(systems.runtime().heldAgainst(limit).metrics("openagents_runtime_stream_session_count"))
                .areNotLeftByClients(thresholds);
    }

    @Needs(value = SystemName.RUNTIME, rights = Right.POST_TO_PODS)
    @Then("the tool provider answers every runtime pod")
    public void providerAnswers() {
        assertThatProviderCalls(askProvider()).succeed();
    }

    @Needs(value = SystemName.RUNTIME, rights = Right.POST_TO_PODS)
    @Then("no circuit breaker is open")
    public void noBreakerIsOpen() {
        var answers = askProvider();
        assertThatProviderCalls(answers)
                .leaveNoBreakerOpen(systems.runtime()
                        .heldAgainst("state open is 0")
                        .metrics("openagents_runtime_provider_breaker_state"));
    }

    @Needs(value = SystemName.RUNTIME, rights = Right.POST_TO_PODS)
    @Then("pods stop calling a provider that keeps failing")
    public void providersThatFailAreLeftAlone() {
        assertThatProviderCalls(systems.runtime()
                        .heldAgainst("succeeded, or provider_circuit_open after three failures")
                        .onEveryPod(pod -> pod.probeProviderUntilLeftAlone(GITHUB)))
                .doNotGoOnFailing();
    }

    private Map<String, Answer> askProvider() {
        return systems.runtime().heldAgainst("state succeeded").onEveryPod(pod -> pod.probeProvider(GITHUB));
    }
}
