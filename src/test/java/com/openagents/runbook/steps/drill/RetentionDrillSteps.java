package com.openagents.runbook.steps.drill;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThatStaleAnswers;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.Pause;
import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.TopicRetention;
import com.openagents.runbook.system.sync.StaleAnswer;
import com.openagents.runbook.system.sync.SyncRehearsal;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Retention passes a client that is away (runbook 8.5, contract 10.4 and 14). */
@Needs({SystemName.DATABASE, SystemName.SYNC})
public final class RetentionDrillSteps {
    private static final Duration HORIZON = Duration.ofSeconds(1);
    private static final Duration MISSED_WITHIN = Duration.ofSeconds(30);
    private static final Duration REPLAY = Duration.ofSeconds(10);

    private final ScenarioDrill scenario;
    private final Systems systems;
    private Map<String, Long> cursors;
    private List<StaleAnswer> answers;

    public RetentionDrillSteps(ScenarioDrill scenario, Systems systems) {
        this.scenario = scenario;
        this.systems = systems;
    }

    @Given("a client that left after the newest update of each topic")
    public void clientLeft() {
        cursors = systems.database().topics("where the client left").stream()
                .collect(Collectors.toMap(TopicRetention::topic, TopicRetention::head));
    }

    @When("it misses updates, and retention removes them")
    public void retentionPasses() {
        var pass = scenario.drill().operator().runRetention(HORIZON);
        scenario.drill().mean(List.of(pass));
        awaitMissed();
        scenario.stopClients();
        Pause.lasting(HORIZON.multipliedBy(2), "the updates to be older than the horizon");
        scenario.drill().make(pass);
        answers = systems.sync().pods().stream()
                .flatMap(pod -> missed().stream()
                        .map(topic -> new SyncRehearsal(systems.sync().at(pod), REPLAY)
                                .resumeTooOld(pod, topic.topic(), cursors.get(topic.topic()), topic.head())))
                .toList();
    }

    private void awaitMissed() {
        try {
            Awaitility.await("updates that the client misses")
                    .atMost(MISSED_WITHIN)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> !missed().isEmpty());
        } catch (ConditionTimeoutException none) {
            throw new CouldNotCheck(
                    "no topic had an update within " + MISSED_WITHIN.toSeconds() + " s, so the client misses nothing");
        }
    }

    private List<TopicRetention> missed() {
        return systems.database().topics("after where the client left").stream()
                .filter(topic -> topic.head() > cursors.getOrDefault(topic.topic(), 0L) + 1)
                .toList();
    }

    @Then("every runtime pod tells it to take a new snapshot when it comes back")
    public void snapshotIsAskedFor() {
        assertThatStaleAnswers(answers).askForANewSnapshot();
    }

    @Then("every runtime pod lets it go on from there")
    public void clientGoesOn() {
        assertThatStaleAnswers(answers).letTheClientGoOn();
    }
}
