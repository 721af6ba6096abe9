package com.openagents.runbook.replica.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterContainerTest {
    @ParameterizedTest
    @CsvSource({
        "openagents/runtime-replica:7c1f, docker.io/openagents/runtime-replica:7c1f",
        "runtime:1, docker.io/library/runtime:1",
        "registry.example.org/openagents/runtime:1, registry.example.org/openagents/runtime:1",
        "localhost/runtime:1, localhost/runtime:1",
        "mirror:5000/runtime:1, mirror:5000/runtime:1"
    })
    void a_node_knows_an_image_with_its_registry(String docker, String node) {
        assertThat(ClusterContainer.known(docker)).isEqualTo(node);
    }
}
