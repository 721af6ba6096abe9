package com.openagents.runbook.steps.drill;

import static com.openagents.runbook.assertions.DrillAssertions.assertKept;
import static com.openagents.runbook.assertions.DrillAssertions.assertWentOn;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatPods;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatSockets;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Awaited;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.RunProgress;
import com.openagents.runbook.system.sync.SyncToken;
import com.openagents.runbook.system.sync.SyncTokenDefect;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What a runtime must bear (runbook 8.5, contract 14): killed pods, cut sockets, a database that goes away. */
@Needs(SystemName.KUBERNETES)
public final class ChaosSteps {
    private static final String TOPIC = "runtime.codex_worker_summaries";
    private static final Duration HELD = Duration.ofSeconds(5);

    private final ScenarioDrill scenario;
    private final Systems systems;
    private final Changes changes;
    private RunProgress before;
    private Instant killedAt;
    private int secondEviction;

    public ChaosSteps(ScenarioDrill scenario, Systems systems) {
        this.scenario = scenario;
        this.systems = systems;
        this.changes = new Changes(scenario, systems, "8.5");
    }

    @Needs(
            value = {SystemName.KUBERNETES, SystemName.DATABASE},
            rights = {Right.KILL, Right.PODS})
    @When("the pod that executes a run is killed")
    public void killTheExecutingPod() {
        var database = systems.database();
        changes.make(scenario.drill().database().killExecutingPod(() -> {
            var executed = database.executedRun("one, to kill its pod");
            executed.ifPresent(run -> before = run);
            return executed.map(RunProgress::leaseOwner);
        }));
        killedAt = Instant.now();
    }

    @Needs(
            value = {SystemName.KUBERNETES, SystemName.DATABASE},
            rights = Right.PODS)
    @When("nothing passes between the database and the pod that executes a run for {int} seconds")
    public void cutOffTheExecutingPod(int seconds) {
        var database = systems.database();
        changes.make(scenario.drill()
                .database()
                .partition(
                        () -> {
                            var executed = database.executedRun("one, to cut its pod off");
                            executed.ifPresent(run -> before = run);
                            return executed.map(RunProgress::leaseOwner);
                        },
                        Duration.ofSeconds(seconds)));
        killedAt = Instant.now();
    }

    @Needs(
            value = {SystemName.KUBERNETES, SystemName.DATABASE},
            rights = Right.PODS)
    @When("PostgreSQL is restarted")
    public void restartPostgres() {
        changes.make(scenario.drill().operator().restartDatabase());
    }

    @Needs(SystemName.DATABASE)
    @Then("the run goes on within {int} seconds")
    public void runGoesOn(int seconds) {
        var limit = Duration.ofSeconds(seconds);
        assertWentOn(before, awaitProgress(limit));
    }

    private Awaited<RunProgress> awaitProgress(Duration limit) {
        var what = "the progress of run " + before.runId();
        try {
            var now = Awaitility.await(what)
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> systems.database().run(before.runId(), "goes on"),
                            run -> run.filter(found -> found.wentOnSince(before))
                                    .isPresent());
            return new Awaited<>(what, limit, Duration.between(killedAt, Instant.now()), now);
        } catch (ConditionTimeoutException late) {
            return new Awaited<>(what, limit, limit, Optional.empty());
        }
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.PODS, Right.RESTART})
    @When("the pods are restarted one after the other")
    public void restartPods() {
        changes.make(scenario.drill().cluster().restartPods());
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.PODS, Right.RESTART})
    @When("two pods are to be evicted at the same time")
    public void evictTwo() {
        var cluster = scenario.drill().cluster();
        var pods = cluster.pods();
        if (pods.size() < 2) {
            throw new CouldNotCheck("there is one pod only, so no second one can be evicted beside it");
        }
        changes.make(cluster.evictTwo(pods.get(0), pods.get(1), answer -> secondEviction = answer));
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.BUDGET)
    @Then("the disruption budget keeps the second")
    public void secondIsKept() {
        scenario.drill()
                .saw(
                        "Answer to the second eviction",
                        "get pdb runtime",
                        List.of(Map.of("status", String.valueOf(secondEviction))),
                        "429");
        assertKept(secondEviction, systems.kubernetes().disruptionBudget("429 to the second eviction"));
    }

    @Needs(
            value = {SystemName.KUBERNETES, SystemName.DATABASE},
            rights = {Right.PODS, Right.SECRET})
    @When("all sessions with the database are cut")
    public void cutSessions() {
        changes.make(scenario.drill().database().cutDatabaseSessions());
    }

    @Needs(
            value = {SystemName.KUBERNETES, SystemName.DATABASE},
            rights = Right.PODS)
    @When("the events of runs cannot be read or written for a while")
    public void holdEvents() {
        changes.make(scenario.drill().database().holdEvents(HELD));
    }

    @Needs(SystemName.RUNTIME)
    @Then("every runtime pod answers from the database within {int} seconds")
    public void podsAnswerSoon(int seconds) {
        Awaitility.await("every pod to answer from the database again")
                .atMost(Duration.ofSeconds(seconds))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThatPods(systems.runtime()
                                .heldAgainst("200")
                                .onEveryPod(pod -> pod.codexWorkers().list()))
                        .comeFromTheDatabase());
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod refuses a client that comes back with an expired token")
    public void expiredTokensAreRefused() {
        var expired = systems.sync()
                .token()
                .scopes(TOPIC)
                .with(SyncTokenDefect.TOKEN_EXPIRED)
                .build();
        assertThatSockets(systems.sync().heldAgainst("403").onEveryPod(expired)).refuseABadToken("that has expired");
    }

    @Needs(SystemName.SYNC)
    @Then("every runtime pod lets it in with a fresh one")
    public void freshTokensAreAccepted() {
        SyncToken fresh = systems.sync().token().scopes(TOPIC).build();
        assertThatSockets(systems.sync().heldAgainst("101").onEveryPod(fresh)).open();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.BUDGET)
    @Given("a disruption budget that lets one pod go")
    public void budgetForOne() {
        var budget = systems.kubernetes().disruptionBudget("lets one pod go");
        int room = budget.allowed();
        if (room != 1 && budget.needed() > 0) {
            throw new CouldNotCheck("the disruption budget lets " + room + " pods go, so a second one proves nothing");
        }
    }

    @Given("at least two runtime pods")
    public void twoPods() {
        if (scenario.drill().cluster().pods().size() < 2) {
            throw new CouldNotCheck("there is one pod only: nothing could go on while it is away");
        }
    }
}
