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
import com.openagents.runbook.system.alertmanager.AlertmanagerAccess;
import com.openagents.runbook.system.alertmanager.AlertmanagerSystem;
import com.openagents.runbook.system.kubernetes.Kubectl;
import com.openagents.runbook.system.kubernetes.KubernetesSystem;
import com.openagents.runbook.system.kubernetes.Silence;
import com.openagents.runbook.system.prometheus.PrometheusAccess;
import com.openagents.runbook.system.prometheus.PrometheusSystem;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final Finding FINDING =
            new Finding("Pods are healthy", "one is not", List.of(), "3.2", "look", "kubectl");

    private final List<Evidence> seen = new ArrayList<>();
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

        assertThat(titles()).contains("State of pod crashing", "End of the log of crashing before its restart");
        assertThat(titles()).anyMatch(title -> title.startsWith("Events of Pod crashing"));
        assertThat(text("State of pod crashing")).contains("exit 3", "Error", SharedCluster.SHELL, "node");
        assertThat(text("Events of Pod crashing")).contains("BackOff");
        assertThat(rows("End of the log of crashing before its restart"))
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

        assertThat(text("State of pod unknown")).contains("waiting, ", "registry.test/none:1");
        assertThat(text("Events of Pod unknown")).contains("registry.test/none:1");
        assertThat(titles()).noneMatch(title -> title.contains("log"));
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

        assertThat(text("State of Job runtime-smoke")).contains("Failed True, BackoffLimitExceeded");
        assertThat(text("Events of Job runtime-smoke")).contains("BackoffLimitExceeded");
        assertThat(text("State of pod runtime-smoke-")).contains("terminated, exit 1, Error");
        assertThat(text("End of the log of runtime-smoke-")).contains("smoke failed: no table");
    }

    @Test
    void of_an_alert_that_fires_both_say_how_it_stands() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(server, "/api/v1/query", """
                {"status":"success","data":{"resultType":"vector","result":[
                {"metric":{"alertname":"BreakerOpen","alertstate":"firing"},"value":[1700000000,"1"]}]}}""");
        answer(server, "/api/v2/alerts", """
                [{"labels":{"alertname":"BreakerOpen"},"annotations":{},"startsAt":"2026-02-21T13:00:00Z",
                "status":{"state":"suppressed"}}]""");
        server.start();
        try {
            var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var after = new AfterFinding(
                    log -> name -> name == SystemName.PROMETHEUS
                            ? new PrometheusSystem(
                                    new PrometheusAccess(base, Optional.empty(), AfterFinding.LIMIT), log)
                            : new AlertmanagerSystem(new AlertmanagerAccess(base, AfterFinding.LIMIT), log),
                    name -> true,
                    Preflight::nothingMissing,
                    AfterFinding.LIMIT);
            var asked = new AskedSystems(name -> base);
            asked.system(SystemName.PROMETHEUS);
            after.found("a scenario", new FindingError(FINDING, List.of(Concern.alert("BreakerOpen"))));

            after.look("a scenario", asked, Optional.empty(), seen::add);
        } finally {
            server.stop(0);
        }

        assertThat(text("Answer to ALERTS{alertname=\"BreakerOpen\"}")).contains("firing");
        assertThat(text("Alert BreakerOpen in the Alertmanager")).contains("suppressed");
    }

    @Test
    void an_alertmanager_that_the_run_does_not_ask_is_left_out() {
        Systems none = name -> {
            throw new CouldNotCheck("no " + name.word());
        };
        var after = new AfterFinding(
                log -> none, name -> name == SystemName.PROMETHEUS, Preflight::nothingMissing, AfterFinding.LIMIT);
        after.found("a scenario", new FindingError(FINDING, List.of(Concern.alert("BreakerOpen"))));
        var asked = new AskedSystems(name -> name);
        asked.system(SystemName.PROMETHEUS);

        after.look("a scenario", asked, Optional.empty(), seen::add);

        assertThat(titles()).containsExactly("Not looked at: the alert BreakerOpen in Prometheus");
    }

    private static void answer(HttpServer server, String path, String body) {
        server.createContext(path, exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void a_thing_is_looked_at_once_in_a_run() {
        pods.create("steady", "Never", "echo once", UnaryOperator.identity());
        var after = after();

        look(after, "one scenario", Concern.pod("steady"));
        var first = List.copyOf(seen);
        pods.create("other", "Never", "true", UnaryOperator.identity());
        look(after, "another scenario", Concern.pod("steady"));

        assertThat(first).isNotEmpty();
        assertThat(seen.subList(first.size(), seen.size())).isEqualTo(first);
    }

    @Test
    void what_is_not_granted_is_said_and_not_tried() {
        pods.create("steady", "Never", "echo once", UnaryOperator.identity());
        var missing = new Preflight(Map.of(), Set.of("get pods/log"), "grant it");
        var after = new AfterFinding(this::systems, name -> true, () -> missing, AfterFinding.LIMIT);

        look(after, "a scenario", Concern.pod("steady"));

        assertThat(text("Not looked at: the log of pod steady"))
                .contains("kubernetes does not allow 'get pods/log': grant it");
        assertThat(titles()).contains("State of pod steady").noneMatch(title -> title.startsWith("End of the log"));
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

        assertThat(titles()).containsExactly("Not looked at: more of runtime-0", "Not looked at: runtime-1");
        assertThat(text("Not looked at: runtime-1")).contains("an earlier look took longer than");
    }

    @Test
    void of_many_things_the_first_are_looked_at_and_the_others_named() {
        look(
                after(),
                "a scenario",
                Stream.of("a", "b", "c", "d", "e").map(Concern::pod).toArray(Concern[]::new));

        assertThat(titles()).contains("Events of Pod c", "Not looked at: d, e").doesNotContain("Events of Pod d");
    }

    @Test
    void rows_that_the_finding_s_own_query_shows_are_not_asked_for_again() {
        var after = after();
        after.found("a scenario", new FindingError(FINDING));
        var rows = new Evidence("Leases", "database", "select 1", List.of(), "", Instant.now(), Map.of());

        after.look("a scenario", new AskedSystems(systems(seen::add)), Optional.of(rows), seen::add);

        assertThat(text("Rows behind the finding")).contains("the step's own query shows them: Leases");
    }

    @Test
    void no_system_is_asked_that_the_scenario_did_not_ask() {
        var after = after();
        after.found("a scenario", new FindingError(FINDING, List.of(Concern.pod("a"))));

        after.look("a scenario", new AskedSystems(systems(seen::add)), Optional.empty(), seen::add);
        look(after, "a scenario without a finding");

        assertThat(seen).isEmpty();
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
        return name -> new KubernetesSystem(client, new Kubectl("", namespace), new Silence(client, namespace), log);
    }

    private void look(AfterFinding after, String scenario, Concern... concerns) {
        var asked = new AskedSystems(systems(unseen -> {}));
        asked.kubernetes();
        if (concerns.length > 0) {
            after.found(scenario, new FindingError(FINDING, List.of(concerns)));
        }
        after.look(scenario, asked, Optional.empty(), seen::add);
    }

    private List<String> titles() {
        return seen.stream().map(Evidence::title).toList();
    }

    private List<Map<String, String>> rows(String title) {
        return seen.stream()
                .filter(evidence -> evidence.title().startsWith(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + title + " in " + titles()))
                .seen();
    }

    private String text(String title) {
        return rows(title).toString();
    }
}
