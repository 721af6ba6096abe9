package com.openagents.runbook.replica.cluster.node;

import static com.openagents.runbook.replica.cluster.SharedCluster.SHELL;
import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class NodeTest {
    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void use(SharedCluster.Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
    }

    @Test
    void runs_a_pod_to_its_end_and_keeps_what_it_wrote() {
        create("echo", "Never", "echo hello; echo trouble >&2; exit 0", pod -> pod);

        await("end of the pod", () -> phase("echo").equals("Succeeded"));

        var terminated = container("echo").getState().getTerminated();
        assertThat(terminated.getReason()).isEqualTo("Completed");
        assertThat(terminated.getExitCode()).isZero();
        assertThat(terminated.getContainerID()).startsWith("containerd://");
        assertThat(container("echo").getImageID()).matches("registry\\.test/shell@sha256:[0-9a-f]{64}");
        assertThat(log("echo")).contains("hello\n").contains("trouble\n");
        assertThat(condition("echo", "Ready").getReason()).isEqualTo("PodCompleted");
        assertThat(reasons("echo")).contains("Scheduled", "Pulled", "Created", "Started");
    }

    @Test
    void says_how_a_process_ended() {
        create("failing", "Never", "exit 7", pod -> pod);
        create("killed", "Never", "kill -KILL $$$$", pod -> pod);

        await("ends", () -> phase("failing").equals("Failed") && phase("killed").equals("Failed"));

        assertThat(container("failing").getState().getTerminated().getExitCode())
                .isEqualTo(7);
        assertThat(container("failing").getState().getTerminated().getReason()).isEqualTo("Error");
        assertThat(container("killed").getState().getTerminated().getExitCode()).isEqualTo(137);
        assertThat(container("killed").getState().getTerminated().getReason()).isEqualTo("Error");
    }

    @Test
    void restarts_with_growing_pauses_and_keeps_the_log_of_the_run_before() {
        create("crashing", "Always", "echo run; exit 3", pod -> pod);

        await(
                "second restart",
                () -> container("crashing").getRestartCount() >= 2
                        && container("crashing").getState().getWaiting() != null);

        var status = container("crashing");
        assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(status.getState().getWaiting().getMessage())
                .matches("back-off \\d+s restarting failed container=main pod=crashing_" + namespace + "\\(.*\\)");
        assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(phase("crashing")).isEqualTo("Running");
        assertThat(reasons("crashing")).contains("BackOff");
        assertThat(client.pods()
                        .inNamespace(namespace)
                        .withName("crashing")
                        .terminated()
                        .getLog())
                .isEqualTo("run\n");
    }

    @Test
    void an_unknown_image_is_tried_again_and_again() {
        create(
                "unknown",
                "Always",
                "true",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .withImage("registry.test/nothing:1")
                        .endContainer()
                        .endSpec()
                        .build());

        await("back-off", () -> isWaiting("unknown", "ImagePullBackOff"));

        assertThat(phase("unknown")).isEqualTo("Pending");
        assertThat(container("unknown").getState().getWaiting().getMessage())
                .startsWith("Back-off pulling image \"registry.test/nothing:1\"");
        await("events", () -> reasons("unknown").containsAll(List.of("Pulling", "Failed", "BackOff")));
        await("another attempt", () -> isWaiting("unknown", "ErrImagePull"));
    }

    @Test
    void a_missing_secret_keeps_a_container_from_being_made_until_it_is_there() {
        create(
                "asking",
                "Never",
                "echo $WORD",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .withEnv(new EnvVarBuilder()
                                .withName("WORD")
                                .withNewValueFrom()
                                .withNewSecretKeyRef("word", "words", false)
                                .endValueFrom()
                                .build())
                        .endContainer()
                        .endSpec()
                        .build());

        await("complaint", () -> isWaiting("asking", "CreateContainerConfigError"));
        assertThat(container("asking").getState().getWaiting().getMessage()).isEqualTo("secret \"words\" not found");

        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("words")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(Map.of("word", "aGVsbG8="))
                        .build())
                .create();
        await("end", () -> phase("asking").equals("Succeeded"));
        assertThat(log("asking")).isEqualTo("hello\n");
    }

    @Test
    void gives_a_container_its_environment() {
        create(
                "fields",
                "Never",
                "echo $POD_NAMESPACE $WHERE $ESCAPED $HOSTNAME",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .withEnv(
                                new EnvVarBuilder()
                                        .withName("POD_NAMESPACE")
                                        .withNewValueFrom()
                                        .withNewFieldRef("v1", "metadata.namespace")
                                        .endValueFrom()
                                        .build(),
                                new EnvVarBuilder()
                                        .withName("POD_IP")
                                        .withNewValueFrom()
                                        .withNewFieldRef("v1", "status.podIP")
                                        .endValueFrom()
                                        .build(),
                                new EnvVarBuilder()
                                        .withName("WHERE")
                                        .withValue("runtime@$(POD_IP)")
                                        .build(),
                                new EnvVarBuilder()
                                        .withName("ESCAPED")
                                        .withValue("$$(POD_IP)-$(UNKNOWN)")
                                        .build())
                        .endContainer()
                        .endSpec()
                        .build());

        await("end", () -> phase("fields").equals("Succeeded"));

        var ip = get("fields").getStatus().getPodIP();
        assertThat(ip).startsWith("127.");
        assertThat(log("fields")).isEqualTo(namespace + " runtime@" + ip + " $(POD_IP)-$(UNKNOWN) fields\n");
    }

    @Test
    void asks_a_process_to_end_and_kills_it_after_the_grace_period() {
        create("polite", "Always", "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done", pod -> pod);
        create(
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
        create(
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

        await("end", () -> phase("greedy").equals("Failed"));

        assertThat(container("greedy").getState().getTerminated().getReason()).isEqualTo("OOMKilled");
        assertThat(container("greedy").getState().getTerminated().getExitCode()).isEqualTo(137);
    }

    @Test
    void serves_the_part_of_a_log_that_is_asked_for() {
        create("many", "Never", "for i in 1 2 3 4 5; do echo line $i; done", pod -> pod);
        await("end", () -> phase("many").equals("Succeeded"));
        var pod = client.pods().inNamespace(namespace).withName("many");

        assertThat(pod.tailingLines(2).getLog()).isEqualTo("line 4\nline 5\n");
        assertThat(pod.limitBytes(9).getLog()).isEqualTo("line 1\nli");
        assertThat(pod.sinceTime("2999-01-01T00:00:00Z").getLog()).isEmpty();
        assertThat(pod.usingTimestamps().tailingLines(1).getLog())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z line 5\n");
    }

    private void create(String name, String restart, String script, UnaryOperator<Pod> change) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(restart)
                .withTerminationGracePeriodSeconds(5L)
                .addNewContainer()
                .withName("main")
                .withImage(SHELL)
                .withCommand("/bin/sh", "-c", script)
                .endContainer()
                .endSpec()
                .build();
        client.resource(change.apply(pod)).create();
    }

    private Pod get(String name) {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    private String phase(String name) {
        return get(name).getStatus().getPhase();
    }

    private ContainerStatus container(String name) {
        var statuses = get(name).getStatus().getContainerStatuses();
        return statuses.isEmpty()
                ? new ContainerStatusBuilder()
                        .withRestartCount(0)
                        .withNewState()
                        .endState()
                        .build()
                : statuses.get(0);
    }

    private boolean isWaiting(String name, String reason) {
        var state = container(name).getState();
        return state != null
                && state.getWaiting() != null
                && reason.equals(state.getWaiting().getReason());
    }

    private boolean isUp(String name) {
        var state = container(name).getState();
        return state != null && state.getRunning() != null && log(name).contains("up");
    }

    private PodCondition condition(String name, String type) {
        return get(name).getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private String log(String name) {
        return client.pods().inNamespace(namespace).withName(name).getLog();
    }

    private List<String> reasons(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .map(Event::getReason)
                .toList();
    }
}
