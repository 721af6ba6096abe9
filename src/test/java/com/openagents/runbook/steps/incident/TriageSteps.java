package com.openagents.runbook.steps.incident;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatPods;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.kubernetes.LogMatches;
import com.openagents.runbook.system.runtime.RuntimeSystem;
import com.openagents.runbook.system.runtime.Trace;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Section 3. */
public final class TriageSteps {
    /** A line is in the log a moment after the answer; on a busy node the moment is longer. */
    private static final Duration LOG_LIMIT = Duration.ofSeconds(10);

    private static final Duration RECENTLY = Duration.ofMinutes(1);

    private final Systems systems;
    private final String requestId = "runbook-" + UUID.randomUUID();
    private Map<String, Answer> answers = Map.of();

    public TriageSteps(Systems systems) {
        this.systems = systems;
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.LOGS, Right.PODS})
    @Then("every restart of a runtime pod within the last {int} minutes left an exit and a log")
    public void restartsAreExplained(int minutes) {
        var pods = systems.kubernetes().runtimePods("an exit for each restart");
        assertThat(systems.kubernetes().logs(Duration.ofMinutes(minutes), "a log for each restart"))
                .explainTheRestartsOf(pods);
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod shows its telemetry")
    public void telemetryIsShown() {
        assertThatPods(systems.runtime().heldAgainst("series of the service").onEveryPod(RuntimeSystem::metrics))
                .showTelemetry();
    }

    @Needs(SystemName.DATABASE)
    @Then("the tables of the runtime tell of runs, leases, tools and policy of the last {int} minutes")
    public void tablesTell(int minutes) {
        assertThat(systems.database().activity(Duration.ofMinutes(minutes))).tellsEverything();
    }

    @Needs(SystemName.RUNTIME)
    @When("every runtime pod answers a request that has an id")
    public void requestsWithAnId() {
        answers = systems.runtime()
                .traced(Trace.requestId(requestId))
                .heldAgainst("the id " + requestId + " comes back")
                .onEveryPod(RuntimeSystem::health);
    }

    @Then("each answer brings the id back")
    public void idComesBack() {
        assertThatPods(answers).bringBack(requestId);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.LOGS)
    @Then("the log of each pod shows the request by its id")
    public void idIsLogged() {
        answers.keySet().forEach(pod -> assertThat(written(pod)).showTheRequest());
    }

    private LogMatches written(String pod) {
        var newest = new AtomicReference<LogMatches>();
        try {
            Awaitility.await("the request in the log of " + pod)
                    .atMost(LOG_LIMIT)
                    .until(() -> {
                        newest.set(systems.kubernetes().linesWith(pod, requestId, RECENTLY));
                        return !newest.get().lines().isEmpty();
                    });
        } catch (ConditionTimeoutException waitedInVain) {
            // The newest answer says so itself.
        }
        return newest.get();
    }
}
