package com.openagents.runbook.replica.cluster.node;

import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.ShellPods;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class NodeTest {
    private KubernetesClient client;
    private String namespace;
    private ShellPods pods;

    @BeforeEach
    void use(SharedCluster.Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
        pods = new ShellPods(client, namespace);
    }

    @Test
    void runs_a_pod_to_its_end_and_keeps_what_it_wrote() {
        pods.create("echo", "Never", "echo hello; echo trouble >&2; exit 0", pod -> pod);

        await("end of the pod", () -> pods.phase("echo").equals("Succeeded"));

        var terminated = pods.container("echo").getState().getTerminated();
        assertThat(terminated.getReason()).isEqualTo("Completed");
        assertThat(terminated.getExitCode()).isZero();
        assertThat(terminated.getContainerID()).startsWith("containerd://");
        assertThat(pods.container("echo").getImageID()).matches("registry\\.test/shell@sha256:[0-9a-f]{64}");
        assertThat(pods.log("echo")).contains("hello\n").contains("trouble\n");
        assertThat(condition("echo", "Ready").getReason()).isEqualTo("PodCompleted");
        assertThat(reasons("echo")).contains("Scheduled", "Pulled", "Created", "Started");
    }

    @Test
    void says_how_a_process_ended() {
        pods.create("failing", "Never", "exit 7", pod -> pod);
        pods.create("killed", "Never", "kill -KILL $$$$", pod -> pod);

        await(
                "ends",
                () -> pods.phase("failing").equals("Failed")
                        && pods.phase("killed").equals("Failed"));

        assertThat(pods.container("failing").getState().getTerminated().getExitCode())
                .isEqualTo(7);
        assertThat(pods.container("failing").getState().getTerminated().getReason())
                .isEqualTo("Error");
        assertThat(pods.container("killed").getState().getTerminated().getExitCode())
                .isEqualTo(137);
        assertThat(pods.container("killed").getState().getTerminated().getReason())
                .isEqualTo("Error");
    }

    @Test
    void restarts_with_growing_pauses_and_keeps_the_log_of_the_run_before() {
        pods.create("crashing", "Always", "echo run; exit 3", pod -> pod);

        await(
                "second restart",
                () -> pods.container("crashing").getRestartCount() >= 2
                        && pods.container("crashing").getState().getWaiting() != null);

        var status = pods.container("crashing");
        assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(status.getState().getWaiting().getMessage())
                .matches("back-off \\d+s restarting failed container=main pod=crashing_" + namespace + "\\(.*\\)");
        assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(pods.phase("crashing")).isEqualTo("Running");
        assertThat(reasons("crashing")).contains("BackOff");
        assertThat(client.pods()
                        .inNamespace(namespace)
                        .withName("crashing")
                        .terminated()
                        .getLog())
                .isEqualTo("run\n");
    }

    @Test
    void asks_a_process_to_end_and_kills_it_after_the_grace_period() {
        pods.create(
                "polite", "Always", "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done", pod -> pod);
        pods.create(
                "stubborn",
                "Always",
                "trap '' TERM; echo up; while :; do sleep 0.05; done",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .endSpec()
                        .build());
        await("start", () -> isUp("polite") && isUp("stubborn"));
        var watched = new ByteArrayOutputStream();
        var following = client.pods().inNamespace(namespace).withName("polite").watchLog(watched);
        try {
            await("followed log", () -> watched.toString(StandardCharsets.UTF_8).contains("up\n"));
            client.pods().inNamespace(namespace).withName("polite").delete();
            await("last words", () -> watched.toString(StandardCharsets.UTF_8).contains("bye\n"));
        } finally {
            following.close();
        }

        client.pods().inNamespace(namespace).withName("stubborn").delete();

        await(
                "both gone",
                () -> client.pods().inNamespace(namespace).list().getItems().isEmpty());
        assertThat(reasons("polite")).contains("Killing");
    }

    @Test
    void kills_a_process_that_has_more_memory_than_its_limit() {
        pods.create(
                "greedy",
                "Never",
                "exec sleep 60",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .withNewResources()
                        .withLimits(Map.of("memory", new Quantity("64Ki")))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build());

        await("end", () -> pods.phase("greedy").equals("Failed"));

        assertThat(pods.container("greedy").getState().getTerminated().getReason())
                .isEqualTo("OOMKilled");
        assertThat(pods.container("greedy").getState().getTerminated().getExitCode())
                .isEqualTo(137);
    }

    @Test
    void serves_the_part_of_a_log_that_is_asked_for() {
        pods.create("many", "Never", "for i in 1 2 3 4 5; do echo line $i; done", pod -> pod);
        await("end", () -> pods.phase("many").equals("Succeeded"));
        var pod = client.pods().inNamespace(namespace).withName("many");

        assertThat(pod.tailingLines(2).getLog()).isEqualTo("line 4\nline 5\n");
        assertThat(pod.limitBytes(9).getLog()).isEqualTo("line 1\nli");
        assertThat(pod.sinceTime("2999-01-01T00:00:00Z").getLog()).isEmpty();
        assertThat(pod.usingTimestamps().tailingLines(1).getLog())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z line 5\n");
    }

    private boolean isUp(String name) {
        var state = pods.container(name).getState();
        return state != null && state.getRunning() != null && pods.log(name).contains("up");
    }

    private PodCondition condition(String name, String type) {
        return pods.get(name).getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private List<String> reasons(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .map(Event::getReason)
                .toList();
    }
}
