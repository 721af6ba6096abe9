package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class SharedReadsTest {
    private Instant now = Instant.now();
    private final SharedReads shared = SharedReads.shared(() -> now);
    private final List<Evidence> seen = new ArrayList<>();
    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void open(Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
    }

    @Test
    void another_scenario_is_given_what_was_just_read_and_says_when_that_was() {
        pod("runtime-0");
        var first = scenario(shared).runtimePods("all ready");
        pod("runtime-1");

        assertThat(scenario(shared).runtimePods("none restarted")).isEqualTo(first);

        assertThat(seen).extracting(Evidence::threshold).containsExactly("all ready", "none restarted");
        assertThat(seen).extracting(Evidence::at).containsOnly(first.at());
    }

    @Test
    void after_a_moment_there_is_something_newer() {
        scenario(shared).runtimePods("");
        pod("runtime-0");

        now = now.plus(Duration.ofSeconds(3));

        assertThat(scenario(shared).runtimePods("").pods()).hasSize(1);
    }

    @Test
    void a_clock_that_was_set_back_keeps_nothing() {
        scenario(shared).runtimePods("");
        pod("runtime-0");

        now = now.minus(Duration.ofHours(1));

        assertThat(scenario(shared).runtimePods("").pods()).hasSize(1);
    }

    @Test
    void who_must_see_what_there_is_now_shares_nothing() {
        var none = SharedReads.none();
        scenario(none).runtimePods("");
        pod("runtime-0");

        assertThat(scenario(none).runtimePods("").pods()).hasSize(1);
    }

    @Test
    void other_questions_have_answers_of_their_own() {
        assertThat(scenario(shared).newestSmokeRun("").job()).isEqualTo("runtime-smoke");
        assertThat(scenario(shared).newestMigrationRun("").job()).isEqualTo("runtime-migrate");
    }

    @Test
    void who_asks_while_another_one_waits_is_given_the_same_answer() throws InterruptedException {
        var asked = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> shared.get("x", () -> {
            begun.countDown();
            await(end);
            return asked.incrementAndGet();
        }));
        begun.await();
        var second = CompletableFuture.supplyAsync(() -> shared.get("x", asked::incrementAndGet));
        end.countDown();

        assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1);
        assertThat(second).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1);
    }

    @Test
    void what_could_not_be_read_is_asked_again() {
        assertThatThrownBy(() -> shared.get("x", () -> {
                    throw new CouldNotCheck("no answer");
                }))
                .isInstanceOf(CouldNotCheck.class);

        assertThat(shared.<String>get("x", () -> "answer")).isEqualTo("answer");
    }

    private KubernetesSystem scenario(SharedReads reads) {
        return new KubernetesSystem(
                client, new Kubectl("", namespace), new Silence(client, namespace), reads, seen::add);
    }

    private void pod(String name) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels("app", "runtime")
                        .endMetadata()
                        .withNewSpec()
                        .withSchedulerName("nobody")
                        .addNewContainer()
                        .withName("runtime")
                        .withImage("nowhere:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
