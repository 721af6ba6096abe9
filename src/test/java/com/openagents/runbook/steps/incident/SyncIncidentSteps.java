package com.openagents.runbook.steps.incident;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatHeartbeat;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatResumptions;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatStaleAnswers;

import com.openagents.runbook.assertions.FirstHeartbeatAssert;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.IncidentQuestion;
import com.openagents.runbook.system.database.TopicRetention;
import com.openagents.runbook.system.sync.StaleAnswer;
import com.openagents.runbook.system.sync.SyncRehearsal;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Heartbeats, reconnects, retention and stale cursors (runbook 4G). */
public final class SyncIncidentSteps {
    private static final Duration REPLAY = Duration.ofSeconds(10);
    private static final int MOST_REPLAYED = 50;

    private final Systems systems;
    private final IncidentThresholds thresholds;
    private List<TopicRetention> topics = List.of();
    private List<StaleAnswer> answers = List.of();

    public SyncIncidentSteps(Systems systems, IncidentThresholds thresholds) {
        this.systems = systems;
        this.thresholds = thresholds;
    }

    @Needs(SystemName.SYNC)
    @Then("the sync socket sends its heartbeat as often as it should")
    public void heartbeatComes() {
        var interval = thresholds.heartbeat();
        var sync = systems.sync().heldAgainst("every " + interval.toMillis() + " ms");
        assertThatHeartbeat(new SyncRehearsal(sync, REPLAY).firstHeartbeat(FirstHeartbeatAssert.latest(interval)))
                .cameEvery(interval);
    }

    @Needs(SystemName.DATABASE)
    @Then("the sync journal holds nothing older than the retention horizon")
    public void oldRowsAreGone() {
        assertThat(systems.database().causes(IncidentQuestion.SYNC_ROWS_TOO_OLD, thresholds, "none"))
                .areNone();
    }

    @Needs(value = SystemName.DATABASE, traffic = true)
    @Then("the sync journal holds all that is younger than the retention horizon")
    public void youngRowsAreThere() {
        assertThat(systems.database().causes(IncidentQuestion.SYNC_ROWS_GONE, thresholds, "none"))
                .areNone();
    }

    @Needs(value = SystemName.DATABASE, traffic = true)
    @Given("topics of which something is retained")
    public void topicsWithRows() {
        topics = topics(
                topic -> topic.retained() > 1,
                "no topic holds two updates that a client could resume between: there must be traffic to check this");
    }

    @Needs(SystemName.SYNC)
    @Then("a client of every runtime pod that reconnects goes on without a gap")
    public void clientsResume() {
        assertThatResumptions(onEveryPod(pod -> topics.stream()
                        .map(topic -> rehearsal(pod)
                                .dropAndResume(
                                        pod,
                                        topic.topic(),
                                        Math.max(topic.floor(), topic.head() - MOST_REPLAYED),
                                        topic.head()))))
                .haveNoGap();
    }

    @Needs(SystemName.DATABASE)
    @Given("topics of which something is no longer retained")
    public void topicsWithAFloor() {
        topics = topics(
                topic -> topic.floor() > 0,
                "retention has not removed anything yet, so no cursor can be stale: look again when the first rows are"
                        + " older than the horizon");
    }

    @Needs(SystemName.SYNC)
    @When("a client of every runtime pod resumes from before that")
    public void clientsResumeTooOld() {
        answers = onEveryPod(pod -> topics.stream()
                .map(topic -> rehearsal(pod).resumeTooOld(pod, topic.topic(), topic.floor() - 1, topic.head())));
    }

    @Then("it is told to take a new snapshot")
    public void snapshotIsAskedFor() {
        assertThatStaleAnswers(answers).askForANewSnapshot();
    }

    @Then("it can go on from there")
    public void clientGoesOn() {
        assertThatStaleAnswers(answers).letTheClientGoOn();
    }

    private List<TopicRetention> topics(Predicate<TopicRetention> wanted, String whyNot) {
        var found = systems.database().topics("where a client can resume").stream()
                .filter(wanted)
                .toList();
        if (found.isEmpty()) {
            throw new CouldNotCheck(whyNot);
        }
        return found;
    }

    private <T> List<T> onEveryPod(Function<String, Stream<T>> rehearsals) {
        return systems.sync().pods().stream().flatMap(rehearsals).toList();
    }

    private SyncRehearsal rehearsal(String pod) {
        return new SyncRehearsal(systems.sync().at(pod), REPLAY);
    }
}
