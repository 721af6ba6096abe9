package com.openagents.runbook.replica.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HpaUtilizationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int TARGET = 70;

    private final HpaUtilization utilization = new HpaUtilization(1);

    @Test
    void stays_within_the_tolerance() throws Exception {
        var proposal = utilization.propose(2, TARGET, two(), Map.of("a", use(150), "b", use(144)), NOW);

        assertThat(proposal.replicas()).isEqualTo(2);
        assertThat(proposal.utilization()).isEqualTo(73);
        assertThat(proposal.average()).isEqualTo(147);
    }

    @Test
    void asks_for_more_above_the_target_and_for_less_below_it() throws Exception {
        assertThat(utilization
                        .propose(2, TARGET, two(), Map.of("a", use(300), "b", use(300)), NOW)
                        .replicas())
                .isEqualTo(5);
        assertThat(utilization
                        .propose(2, TARGET, two(), Map.of("a", use(10), "b", use(10)), NOW)
                        .replicas())
                .isEqualTo(1);
    }

    @Test
    void a_pod_without_metrics_never_makes_it_scale_further() throws Exception {
        assertThat(utilization
                        .propose(2, TARGET, two(), Map.of("a", use(20)), NOW)
                        .replicas())
                .as("the missing pod counts as fully used when scaling down")
                .isEqualTo(2);
        assertThat(utilization
                        .propose(2, TARGET, two(), Map.of("a", use(200)), NOW)
                        .replicas())
                .as("the missing pod counts as idle when scaling up")
                .isEqualTo(2);
    }

    @Test
    void a_pod_that_has_just_started_and_is_not_ready_is_left_out() throws Exception {
        var pods = List.of(pod("a", "True", NOW.minusSeconds(3600)), pod("b", "False", NOW.minusSeconds(5)));

        var proposal = utilization.propose(2, TARGET, pods, Map.of("a", use(140), "b", use(2000)), NOW);

        assertThat(proposal.utilization()).isEqualTo(70);
        assertThat(proposal.replicas()).isEqualTo(2);
    }

    @Test
    void says_why_it_cannot_propose_anything() {
        assertThatThrownBy(() -> utilization.propose(2, TARGET, two(), Map.of(), NOW))
                .isInstanceOf(HpaUtilization.NoProposal.class)
                .hasMessage("unable to get metrics for resource cpu: no metrics returned from resource metrics API");
        var without = new PodBuilder(pod("a", "True", NOW))
                .editSpec()
                .editFirstContainer()
                .withResources(null)
                .endContainer()
                .endSpec()
                .build();
        assertThatThrownBy(() -> utilization.propose(1, TARGET, List.of(without), Map.of("a", use(1)), NOW))
                .hasMessage("missing request for cpu in container runtime of Pod a");
    }

    private static PodMetrics.Sample use(long milliCores) {
        return new PodMetrics.Sample(milliCores, NOW, Duration.ofSeconds(1));
    }

    private static List<Pod> two() {
        var longAgo = NOW.minusSeconds(3600);
        return List.of(pod("a", "True", longAgo), pod("b", "True", longAgo));
    }

    private static Pod pod(String name, String ready, Instant since) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("runtime")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("200m")))
                .endResources()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withStartTime(since.toString())
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withLastTransitionTime(since.toString())
                .endCondition()
                .endStatus()
                .build();
    }
}
