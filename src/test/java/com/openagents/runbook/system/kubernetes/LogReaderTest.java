package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import com.openagents.runbook.replica.cluster.ShellPods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class LogReaderTest {
    private static final Duration WINDOW = Duration.ofMinutes(15);

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
    void every_line_of_the_window_is_counted_not_the_last_ten() {
        run("many", "Never", """
                for i in $(seq 1 3000); do
                  echo "12:00:00.000 request_id=request-$i [info] GET /internal/v1/runs/run-$i/stream"
                  echo "12:00:00.001 request_id=request-$i [info] Chunked 200 in 4ms"
                  echo "12:00:00.002 request_id=request-$i [info] stream.session outcome=tail_timeout run_id=run-$i"
                done""");

        var tally = logs();

        assertThat(tally.lines()).isEqualTo(9000);
        assertThat(tally.asked()).isEqualTo(Map.of(LogTally.STREAMS, 3000L));
        assertThat(tally.outcomes()).isEqualTo(Map.of("stream.session", Map.of("tail_timeout", 3000L)));
        assertThat(tally.marks()).hasSize(LogCounter.MARKS);
        assertThat(tally.marks().get(LogCounter.MARKS - 1).runId()).isEqualTo("run-3000");
        assertThat(tally.marks().get(LogCounter.MARKS - 1).requestId()).isEqualTo("request-3000");
        assertThat(tally.command()).contains("--tail=-1", "--prefix", "--all-containers", "-l app=runtime");
    }

    @Test
    void levels_reasons_errors_and_other_lines_are_told_apart() {
        run("mixed", "Never", """
                echo '12:00:00.000 [error] GenServer 17 terminating'
                echo '12:00:00.000 [error] GenServer 18 terminating'
                echo '12:00:00.000 [info] CONNECTED TO Socket in 9ms'
                echo '  Transport: :websocket'
                echo '12:00:00.000 [warning] sync.auth outcome=rejected reason_class=unknown_kid'
                echo '12:00:00.000 [info] GET /a?x=stream.session outcome=forged'
                echo 'no line of the service'""");

        var tally = logs();

        assertThat(tally.levels()).isEqualTo(Map.of("error", 2L, "info", 2L, "warning", 1L));
        assertThat(tally.errors()).isEqualTo(Map.of("GenServer N terminating", 2L));
        assertThat(tally.reasons()).isEqualTo(Map.of("sync.auth", Map.of("unknown_kid", 1L)));
        assertThat(tally.outcomes()).containsOnlyKeys("sync.auth");
        assertThat(tally.unparsable()).isOne();
    }

    @Test
    void a_line_without_end_takes_no_memory() {
        run("endless", "Never", "head -c 300000 /dev/zero | tr '\\0' x; echo; echo '12:00:00.000 [info] after it'");

        var tally = logs();

        assertThat(tally.cut()).isOne();
        assertThat(tally.levels()).isEqualTo(Map.of("info", 1L));
    }

    @Test
    void the_container_before_a_restart_is_read_too() {
        run("crashing", "Always", "echo '12:00:00.000 [info] janitor.recovery outcome=resumed run_id=a'; exit 3");
        SharedCluster.await("a restart", () -> pods.container("crashing").getRestartCount() > 0);

        assertThat(logs().logs()).filteredOn(PodLog::previous).singleElement().satisfies(log -> {
            assertThat(log.lines()).isOne();
            assertThat(log.last()).endsWith("janitor.recovery outcome=resumed run_id=a");
        });
    }

    @Test
    void a_pod_whose_container_never_started_is_named_with_the_reason() {
        pods.create("unknown", "Never", "true", LogReaderTest::withoutImage);
        SharedCluster.await(
                "an image that is not there",
                () -> pods.container("unknown").getState().getWaiting() != null);

        assertThat(logs().logs()).singleElement().satisfies(log -> {
            assertThat(log.started()).isFalse();
            assertThat(log.trouble()).hasValueSatisfying(why -> assertThat(why).contains("has not started"));
        });
    }

    private LogTally logs() {
        return UnsharedSystem.of(client, namespace, unseen -> {}).logs(WINDOW, "to look at");
    }

    private void run(String name, String restart, String script) {
        pods.create(name, restart, script, LogReaderTest::ofTheRuntime);
        SharedCluster.await(
                name + " to end",
                () -> pods.container(name).getState().getTerminated() != null
                        || pods.container(name).getRestartCount() > 0);
    }

    private static Pod ofTheRuntime(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels("app", "runtime")
                .endMetadata()
                .build();
    }

    private static Pod withoutImage(Pod pod) {
        return new PodBuilder(ofTheRuntime(pod))
                .editSpec()
                .editFirstContainer()
                .withImage("registry.test/nothing:1")
                .endContainer()
                .endSpec()
                .build();
    }
}
