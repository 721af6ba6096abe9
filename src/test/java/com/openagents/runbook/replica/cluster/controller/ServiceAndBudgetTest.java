package com.openagents.runbook.replica.cluster.controller;

import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class ServiceAndBudgetTest {
    private ClusterReplica cluster;
    private KubernetesClient client;

    @BeforeEach
    void use(SharedCluster.Lab lab) {
        cluster = lab.cluster();
        client = cluster.client();
        cluster.awaitReady(Duration.ofSeconds(60), line -> {});
    }

    @Test
    void a_service_reaches_every_ready_pod() throws Exception {
        var seen = new HashSet<String>();
        for (int i = 0; i < 100 && seen.size() < 2; i++) {
            seen.add(ask());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "{\"status\":\"ok\",\"pod\":\"runtime-0\"}", "{\"status\":\"ok\",\"pod\":\"runtime-1\"}");
    }

    @Test
    void endpoints_name_their_pods_and_their_ports_by_number() {
        var slice = slice("runtime");
        assertThat(slice.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getPort()).isEqualTo(4000);
        });
        assertThat(slice.getEndpoints())
                .extracting(endpoint -> endpoint.getTargetRef().getName())
                .containsExactly("runtime-0", "runtime-1");
        assertThat(slice.getEndpoints()).allSatisfy(endpoint -> {
            assertThat(endpoint.getConditions().getReady()).isTrue();
            assertThat(endpoint.getConditions().getServing()).isTrue();
            assertThat(endpoint.getConditions().getTerminating()).isFalse();
        });
        assertThat(slice("runtime-headless").getEndpoints())
                .extracting(endpoint -> endpoint.getHostname())
                .containsExactly("runtime-0", "runtime-1");
    }

    @Test
    void a_service_without_ready_pods_refuses_connections() {
        select("nobody");
        try {
            await("refusal", () -> {
                try {
                    ask();
                    return false;
                } catch (IOException refused) {
                    return true;
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
        } finally {
            select("runtime");
        }
    }

    @Test
    void the_budget_counts_healthy_pods_and_what_may_go() {
        var status = client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(cluster.namespace())
                .withName("runtime")
                .get()
                .getStatus();

        assertThat(status.getExpectedPods()).isEqualTo(2);
        assertThat(status.getCurrentHealthy()).isEqualTo(2);
        assertThat(status.getDesiredHealthy()).isEqualTo(1);
        assertThat(status.getDisruptionsAllowed()).isEqualTo(1);
        assertThat(status.getConditions()).singleElement().satisfies(condition -> {
            assertThat(condition.getType()).isEqualTo("DisruptionAllowed");
            assertThat(condition.getReason()).isEqualTo("SufficientPods");
        });
    }

    private void select(String app) {
        client.services()
                .inNamespace(cluster.namespace())
                .withName("runtime")
                .edit(service -> new ServiceBuilder(service)
                        .editSpec()
                        .addToSelector("app", app)
                        .endSpec()
                        .build());
    }

    private EndpointSlice slice(String service) {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(cluster.namespace())
                .withLabel("kubernetes.io/service-name", service)
                .list()
                .getItems()
                .get(0);
    }

    private String ask() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        cluster.serviceUri("runtime", "http").resolve("/internal/v1/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        // A client of its own for each question: a kept connection would stay with one pod.
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
