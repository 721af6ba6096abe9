package com.openagents.runbook.replica.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerEngineTest {
    @Test
    void without_a_socket_there_is_nothing_to_ask() {
        assertThat(ContainerEngine.silence(Optional.empty(), path -> false, path -> false))
                .isEqualTo("none answers: start one or set DOCKER_HOST");
    }

    @Test
    void a_socket_that_may_not_be_used_asks_for_the_group() {
        assertThat(ContainerEngine.silence(Optional.empty(), path -> true, path -> false))
                .isEqualTo("you may not use that at /var/run/docker.sock: join the group docker and log in again, or"
                        + " set DOCKER_HOST");
    }

    @Test
    void another_host_is_named() {
        assertThat(ContainerEngine.silence(Optional.of("tcp://10.0.0.1:2375"), path -> false, path -> false))
                .isEqualTo("none answers at DOCKER_HOST=tcp://10.0.0.1:2375: start it, set another, or take"
                        + " docker.client.strategy out of ~/.testcontainers.properties, which goes before it");
    }
}
