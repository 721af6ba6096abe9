package com.openagents.runbook.replica.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HpaBehaviorTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final HpaBehavior behavior = new HpaBehavior();

    @Test
    void waits_five_minutes_before_it_follows_a_lower_recommendation() {
        behavior.start(4, NOW);

        var early = behavior.limit(published(), 4, 2, NOW.plusSeconds(60));
        assertThat(early.replicas()).isEqualTo(4);
        assertThat(early.stabilized()).isEqualTo("ScaleDownStabilized");

        var late = behavior.limit(published(), 4, 2, NOW.plusSeconds(301));
        assertThat(late.replicas()).as("20 percent of 4 in a minute").isEqualTo(3);
        assertThat(late.limited()).isEqualTo("ScaleDownLimit");
    }

    @Test
    void doubles_at_most_every_thirty_seconds() {
        behavior.start(2, NOW);

        var first = behavior.limit(published(), 2, 9, NOW);
        assertThat(first.replicas()).isEqualTo(4);
        assertThat(first.limited()).isEqualTo("ScaleUpLimit");
        behavior.scaled(2, 4, NOW);

        assertThat(behavior.limit(published(), 4, 9, NOW.plusSeconds(10)).replicas())
                .isEqualTo(4);
        var next = behavior.limit(published(), 4, 9, NOW.plusSeconds(31));
        assertThat(next.replicas()).isEqualTo(6);
        assertThat(next.limited()).isEqualTo("TooManyReplicas");
    }

    @Test
    void says_that_the_lower_bound_holds_it() {
        behavior.start(2, NOW);

        var held = behavior.limit(published(), 2, 1, NOW.plusSeconds(400));

        assertThat(held.replicas()).isEqualTo(2);
        assertThat(held.limited()).isEqualTo("TooFewReplicas");
        assertThat(held.message()).isEqualTo("the desired replica count is less than the minimum replica count");
    }

    @Property(tries = 1_000)
    void never_leaves_the_bounds_nor_goes_the_wrong_way(
            @ForAll @IntRange(min = 2, max = 6) int current, @ForAll @IntRange(max = 50) int desired) {
        var fresh = new HpaBehavior();
        fresh.start(current, NOW);

        int replicas =
                fresh.limit(published(), current, desired, NOW.plusSeconds(301)).replicas();

        assertThat(replicas).isBetween(2, 6);
        assertThat((replicas - current) * (desired - current)).isNotNegative();
    }

    private static HorizontalPodAutoscaler published() {
        return new HorizontalPodAutoscalerBuilder()
                .withNewSpec()
                .withMinReplicas(2)
                .withMaxReplicas(6)
                .withNewBehavior()
                .withNewScaleDown()
                .withStabilizationWindowSeconds(300)
                .addNewPolicy(60, "Percent", 20)
                .endScaleDown()
                .withNewScaleUp()
                .withStabilizationWindowSeconds(0)
                .addNewPolicy(30, "Percent", 100)
                .endScaleUp()
                .endBehavior()
                .endSpec()
                .build();
    }
}
