package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeptContainersTest {
    @Test
    void what_an_engine_refuses_is_told_with_what_to_do() {
        assertThatThrownBy(() -> ContainersStart.told("what is kept could not be ended", () -> {
                    throw new IllegalStateException("write /var/lib/docker/x: no space left on device");
                }))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageStartingWith("what is kept could not be ended: the disk of the Docker engine is full");
    }
}
