package com.openagents.runbook.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Concern;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import com.openagents.runbook.replica.cluster.ShellPods;
import com.openagents.runbook.system.kubernetes.UnsharedSystem;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class AfterFindingTest {
    static final Finding FINDING = new Finding("Pods are healthy", "one is not", List.of(), "3.2", "look", "kubectl");

    private final SeenEvidence seen = new SeenEvidence();
    private KubernetesClient client;
    private String namespace;
    private ShellPods pods;

    @BeforeEach
    void open(Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
        pods = new ShellPods(client, namespace);
    }

    @Test
    void of_a_pod_that_crashes_state_events_and_the_log_before_the_restart_are_kept() {
        pods.create(
                "crashing", "Always", "for i in $(seq 1 50); do echo line $i; done; exit 3", UnaryOperator.identity());
        SharedCluster.await("a second restart", () -> pods.container("crashing").getRestartCount() > 1);

        awaitEvent("crashing", "BackOff");
        look(after(), "a scenario", Concern.pod("crashing"));

        assertThat(seen.titles()).contains("State of pod crashing", "End of the log of crashing before its restart");
        assertThat(seen.titles()).anyMatch(title -> title.startsWith("Events of Pod crashing"));
        assertThat(seen.text("State of pod crashing")).contains("exit 3", "Error", SharedCluster.SHELL, "node");
        assertThat(seen.text("Events of Pod crashing")).contains("BackOff");
        assertThat(seen.rows("End of the log of crashing before its restart"))
                .hasSize(41)
                .startsWith(Map.of("line", "… older lines are left out"), Map.of("line", "line 11"))
                .endsWith(Map.of("line", "line 50"));
    }

    @Test
    void of_an_image_that_cannot_be_pulled_the_reason_is_kept() {
        pods.create(
                "unknown",
                "Always",
                "true",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .withImage("registry.test/none:1")
                        .endContainer()
                        .endSpec()
                        .build());
        SharedCluster.await(
                "an image that is not there",
                () -> pods.container("unknown").getState().getWaiting() != null);

        awaitEvent("unknown", "Failed");
        look(after(), "a scenario", Concern.pod("unknown"));

        assertThat(seen.text("State of pod unknown")).contains("waiting, ", "registry.test/none:1");
        assertThat(seen.text("Events of Pod unknown")).contains("registry.test/none:1");
        assertThat(seen.titles()).noneMatch(title -> title.contains("log"));
    }

    @Test
    void of_a_job_that_failed_its_pods_and_their_logs_are_kept() {
        var pod = new PodBuilder()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage(SharedCluster.SHELL)
                .withCommand("/bin/sh", "-c", "echo smoke failed: no table; exit 1")
                .endContainer()
                .endSpec()
                .build();
        client.resource(new JobBuilder()
                        .withNewMetadata()
                        .withName("runtime-smoke")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withBackoffLimit(0)
                        .withNewTemplate()
                        .withSpec(pod.getSpec())
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        SharedCluster.await(
                "the end of the Job",
                () -> !client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName("runtime-smoke")
                        .get()
                        .getStatus()
                        .getConditions()
                        .isEmpty());

        awaitEvent("runtime-smoke", "BackoffLimitExceeded");
        look(after(), "a scenario", Concern.job("runtime-smoke"));

        assertThat(seen.text("State of Job runtime-smoke")).contains("Failed True, BackoffLimitExceeded");
        assertThat(seen.text("Events of Job runtime-smoke")).contains("BackoffLimitExceeded");
        assertThat(seen.text("State of pod runtime-smoke-")).contains("terminated, exit 1, Error");
        assertThat(seen.text("End of the log of runtime-smoke-")).contains("smoke failed: no table");
    }

    @Test
    void a_thing_is_looked_at_once_in_a_run() {
        pods.create("steady", "Never", "echo once", UnaryOperator.identity());
        var after = after();

        look(after, "one scenario", Concern.pod("steady"));
        var first = seen.all();
        pods.create("other", "Never", "true", UnaryOperator.identity());
        look(after, "another scenario", Concern.pod("steady"));

        assertThat(first).isNotEmpty();
        assertThat(seen.all().subList(first.size(), seen.all().size())).isEqualTo(first);
    }

    @Test
    void what_is_not_granted_is_said_and_not_tried() {
        pods.create("steady", "Never", "echo once", UnaryOperator.identity());
        var missing = new Preflight(Map.of(), Set.of("get pods/log"), "grant it");
        var after = new AfterFinding(this::systems, name -> true, () -> missing, AfterFinding.LIMIT);

        look(after, "a scenario", Concern.pod("steady"));

        assertThat(seen.text("Not looked at: the log of pod steady"))
                .contains("kubernetes does not allow 'get pods/log': grant it");
        assertThat(seen.titles())
                .contains("State of pod steady")
                .noneMatch(title -> title.startsWith("End of the log"));
    }

    @Test
    void a_system_that_does_not_answer_is_said_and_others_are_looked_at_no_more() {
        var never = new CountDownLatch(1);
        var after = new AfterFinding(
                log -> name -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new CouldNotCheck("interrupted");
                },
                name -> true,
                Preflight::nothingMissing,
                Duration.ofMillis(50));

        look(after, "one scenario", Concern.pod("runtime-0"));
        look(after, "another scenario", Concern.pod("runtime-1"));

        assertThat(seen.titles()).containsExactly("Not looked at: more of runtime-0", "Not looked at: runtime-1");
        assertThat(seen.text("Not looked at: runtime-1")).contains("an earlier look took longer than");
    }

    @Test
    void of_many_things_the_first_are_looked_at_and_the_others_named() {
        look(
                after(),
                "a scenario",
                Stream.of("a", "b", "c", "d", "e").map(Concern::pod).toArray(Concern[]::new));

        assertThat(seen.titles())
                .contains("Events of Pod c", "Not looked at: d, e")
                .doesNotContain("Events of Pod d");
    }

    @Test
    void rows_that_the_finding_s_own_query_shows_are_not_asked_for_again() {
        var after = after();
        after.found("a scenario", new FindingError(FINDING));
        var rows = new Evidence("Leases", "database", "select 1", List.of(), "", Instant.now(), Map.of());

        after.look("a scenario", new AskedSystems(systems(seen)), Optional.of(rows), seen);

        assertThat(seen.text("Rows behind the finding")).contains("the step's own query shows them: Leases");
    }

    @Test
    void no_system_is_asked_that_the_scenario_did_not_ask() {
        var after = after();
        after.found("a scenario", new FindingError(FINDING, List.of(Concern.pod("a"))));

        after.look("a scenario", new AskedSystems(systems(seen)), Optional.empty(), seen);
        look(after, "a scenario without a finding");

        assertThat(seen.all()).isEmpty();
    }

    private void awaitEvent(String about, String reason) {
        SharedCluster.await(
                "event " + reason,
                () -> client.v1().events().inNamespace(namespace).list().getItems().stream()
                        .anyMatch(event -> event.getInvolvedObject().getName().equals(about)
                                && event.getReason().equals(reason)));
    }

    private AfterFinding after() {
        return new AfterFinding(this::systems, name -> true, Preflight::nothingMissing, AfterFinding.LIMIT);
    }

    private Systems systems(EvidenceLog log) {
        return name -> UnsharedSystem.of(client, namespace, log);
    }

    private void look(AfterFinding after, String scenario, Concern... concerns) {
        var asked = new AskedSystems(systems(unseen -> {}));
        asked.kubernetes();
        if (concerns.length > 0) {
            after.found(scenario, new FindingError(FINDING, List.of(concerns)));
        }
        after.look(scenario, asked, Optional.empty(), seen);
    }
}
