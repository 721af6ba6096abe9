package com.openagents.runbook.replica.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client the project uses, against this server. */
class ApiServerFabric8Test {

    private static final Duration SOON = Duration.ofSeconds(20);

    private ApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = ApiServer.start(ApiServerOptions.defaults());
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig("default", "replica")))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static Pod pod(String name, String app) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("runtime:1")
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void an_object_lives_through_create_get_edit_list_and_delete() {
        var made = client.configMaps()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .endMetadata()
                        .addToData("a", "1")
                        .build())
                .create();
        client.configMaps()
                .withName("settings")
                .edit(map -> new ConfigMapBuilder(map).addToData("b", "2").build());

        var seen = client.configMaps().withName("settings").get();
        assertThat(seen.getData()).containsEntry("a", "1").containsEntry("b", "2");
        assertThat(seen.getMetadata().getUid()).isEqualTo(made.getMetadata().getUid());
        assertThat(client.configMaps().list().getItems()).hasSize(1);

        client.configMaps().withName("settings").delete();
        assertThat(client.configMaps().withName("settings").get()).isNull();
    }

    @Test
    void an_informer_hears_of_objects_that_come_change_and_go() {
        List<String> heard = new CopyOnWriteArrayList<>();
        client.pods().resource(pod("first", "runtime")).create();
        try (var informer = client.pods().withLabel("app", "runtime").inform(new Recorder(heard))) {
            client.pods().resource(pod("second", "runtime")).create();
            client.pods().resource(pod("other", "web")).create();
            client.pods()
                    .withName("second")
                    .edit(pod -> new PodBuilder(pod)
                            .editMetadata()
                            .addToLabels("app", "moved")
                            .endMetadata()
                            .build());

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(heard).containsExactly("added first", "added second", "deleted second"));
            assertThat(informer.isWatching()).isTrue();
        }
    }

    @Test
    void a_watch_ends_when_the_server_closes() {
        List<String> ends = new CopyOnWriteArrayList<>();
        client.pods().watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Pod pod) {
                ends.add(action.name());
            }

            @Override
            public void onClose(WatcherException cause) {
                ends.add("closed");
            }
        });
        client.pods().resource(pod("first", "runtime")).create();
        await().atMost(SOON).untilAsserted(() -> assertThat(ends).containsExactly("ADDED"));
    }

    @Test
    void a_status_update_leaves_the_spec_alone() {
        var made = client.pods().resource(pod("first", "runtime")).create();
        made.getStatus().setPhase("Running");
        made.getSpec().setNodeName("elsewhere");
        client.pods().resource(made).updateStatus();

        var seen = client.pods().withName("first").get();
        assertThat(seen.getStatus().getPhase()).isEqualTo("Running");
        assertThat(seen.getSpec().getNodeName()).isNull();
    }

    @Test
    void the_token_of_the_kubeconfig_is_enough_where_strangers_may_nothing() {
        try (var strict = ApiServer.start(ApiServerOptions.defaults().withAnonymousIsAdmin(false));
                var known = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(strict.kubeconfig("default", "replica")))
                        .build()) {
            assertThat(known.namespaces().withName("default").get()).isNotNull();
        }
    }

    @Test
    void a_stale_update_is_a_conflict() {
        var made = client.pods().resource(pod("first", "runtime")).create();
        client.pods()
                .withName("first")
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToLabels("a", "b")
                        .endMetadata()
                        .build());

        assertThatThrownBy(() -> client.pods().resource(made).update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(409));
    }

    private record Recorder(List<String> heard)
            implements io.fabric8.kubernetes.client.informers.ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            heard.add("added " + pod.getMetadata().getName());
        }

        @Override
        public void onUpdate(Pod old, Pod updated) {
            heard.add("updated " + updated.getMetadata().getName());
        }

        @Override
        public void onDelete(Pod pod, boolean stateUnknown) {
            heard.add("deleted " + pod.getMetadata().getName());
        }
    }
}
