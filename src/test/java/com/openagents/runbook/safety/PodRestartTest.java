package com.openagents.runbook.safety;

import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import com.openagents.runbook.replica.cluster.controller.WebSet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pods that are restarted while others change them, too. */
@ExtendWith(SharedCluster.class)
class PodRestartTest {
    @TempDir
    private Path folder;

    private KubernetesClient client;
    private String namespace;
    private SteadyState steady;
    private PodRestart restart;
    private WebSet set;

    @BeforeEach
    void deploy(Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
        var ground = BareGround.of(client, namespace, folder);
        steady = new SteadyState(ground);
        restart = new PodRestart(ground);
        set = new WebSet(client, namespace, SteadyState.NAME);
        set.create("OrderedReady", 3);
        awaitSteady(3);
    }

    @Test
    void each_pod_is_replaced() {
        var before = uids();

        restart.all();

        assertThat(uids()).hasSize(3).doesNotContainAnyElementsOf(before);
    }

    @Test
    void one_that_the_autoscaler_took_away_is_not_waited_for() {
        var third = pod("runtime-2");
        set.scale(2);
        awaitSteady(2);
        var before = uids();

        restart.one(third);

        assertThat(uids()).isEqualTo(before);
    }

    @Test
    void one_that_somebody_else_replaced_is_not_evicted_again() {
        var second = pod("runtime-1");
        client.resource(second).withGracePeriod(0).delete();
        await("another runtime-1", () -> !uids().contains(second.getMetadata().getUid()));
        awaitSteady(3);
        var before = uids();

        restart.one(second);

        assertThat(uids()).isEqualTo(before);
    }

    private void awaitSteady(int pods) {
        await(
                pods + " steady pods",
                () -> uids().size() == pods && steady.problem().isEmpty());
    }

    private Pod pod(String name) {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    private List<String> uids() {
        return steady.pods().stream()
                .map(pod -> pod.getMetadata().getUid())
                .sorted()
                .toList();
    }
}
