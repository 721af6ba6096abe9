package com.openagents.runbook.replica.cluster.node;

import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.ShellPods;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a container needs before it can start. */
@ExtendWith(SharedCluster.class)
class ContainerStartTest {
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
    void an_unknown_image_is_tried_again_and_again() {
        pods.create(
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

        await("back-off", () -> pods.isWaiting("unknown", "ImagePullBackOff"));

        assertThat(pods.phase("unknown")).isEqualTo("Pending");
        assertThat(pods.container("unknown").getState().getWaiting().getMessage())
                .startsWith("Back-off pulling image \"registry.test/nothing:1\"");
        await("events", () -> reasons("unknown").containsAll(List.of("Pulling", "Failed", "BackOff")));
        await("another attempt", () -> pods.isWaiting("unknown", "ErrImagePull"));
    }

    @Test
    void a_missing_secret_keeps_a_container_from_being_made_until_it_is_there() {
        pods.create(
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

        await("complaint", () -> pods.isWaiting("asking", "CreateContainerConfigError"));
        assertThat(pods.container("asking").getState().getWaiting().getMessage())
                .isEqualTo("secret \"words\" not found");

        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("words")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(Map.of("word", "aGVsbG8="))
                        .build())
                .create();
        await("end", () -> pods.phase("asking").equals("Succeeded"));
        assertThat(pods.log("asking")).isEqualTo("hello\n");
    }

    @Test
    void gives_a_container_its_environment() {
        pods.create(
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

        await("end", () -> pods.phase("fields").equals("Succeeded"));

        var ip = pods.get("fields").getStatus().getPodIP();
        assertThat(ip).startsWith("127.");
        assertThat(pods.log("fields")).isEqualTo(namespace + " runtime@" + ip + " $(POD_IP)-$(UNKNOWN) fields\n");
    }

    private List<String> reasons(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .map(Event::getReason)
                .toList();
    }
}
