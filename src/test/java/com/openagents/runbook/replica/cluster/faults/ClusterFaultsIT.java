package com.openagents.runbook.replica.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each fault in a cluster of its own: it shows, it did not show before, and what it does not name stays as it was. */
class ClusterFaultsIT {
    private static final double SPEED = 40;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Set<String> CONCERN_ALL_PODS = Set.of("health-needs-signature", "smoke-before-deploy");

    @TestFactory
    Stream<DynamicTest> faults() {
        return ClusterFaults.all().stream().map(fault -> DynamicTest.dynamicTest(fault.id(), () -> prove(fault)));
    }

    private static void prove(Fault<ClusterReplica> fault) {
        try (var cluster = SharedCluster.start(SPEED)) {
            cluster.awaitReady(LIMIT, line -> {});
            assertThat(cluster.runSmokeGate(LIMIT, line -> {}).isPassed()).isTrue();
            assertThat(fault.shows(cluster)).as("shows before it is injected").isFalse();
            var untouched = pod(cluster, "runtime-0");

            fault.inject(cluster);
            SharedCluster.await(fault.id(), () -> fault.shows(cluster));

            var after = pod(cluster, "runtime-0");
            if (!CONCERN_ALL_PODS.contains(fault.id())) {
                assertThat(after.getMetadata().getUid())
                        .isEqualTo(untouched.getMetadata().getUid());
            }
            if (!fault.id().equals("health-needs-signature")) {
                var status = after.getStatus().getContainerStatuses().get(0);
                assertThat(status.getReady()).isTrue();
                assertThat(status.getRestartCount()).isZero();
            }
            if (!fault.id().startsWith("smoke-")) {
                assertThat(new Objects(cluster).job("runtime-smoke"))
                        .hasValueSatisfying(job -> assertThat(Objects.hasCondition(job, "Complete"))
                                .isTrue());
            }
        }
    }

    private static Pod pod(ClusterReplica cluster, String name) {
        return new Objects(cluster).pod(name).orElseThrow();
    }
}
