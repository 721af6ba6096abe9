package com.openagents.runbook.replica.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineFailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    write /var/lib/docker/tmp/x: no space left on device | disk of the Docker engine is full
                    Bind for 0.0.0.0:5433 failed: port is already allocated | port 5433 of this machine was taken
                    listen tcp4 127.0.0.1:5433: bind: address already in use | port 5433 of this machine was taken
                    permission denied while trying to connect to unix:///var/run/docker.sock | you may not use the Docker engine
                    No such image: postgres:15 | does not have the image postgres:15
                    pull access denied for openagents/x, repository does not exist | no image openagents/x for you
                    manifest for postgres:99 not found: manifest unknown | no image postgres:99 for you
                    Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 1.1.1.1:53: no such host | the registry registry-1.docker.io cannot be reached
                    Get "https://10.0.0.1/v2/": dial tcp 10.0.0.1:443: connect: connection refused | the registry cannot be reached
                    """)
    void what_the_engine_says_becomes_what_to_do(String said, String words) {
        assertThat(EngineFailure.words(new IllegalStateException("start", new IllegalStateException(said)))
                        .orElse("x"))
                .contains(words);
    }

    @Test
    void what_is_not_known_gets_no_other_words() {
        assertThat(EngineFailure.words(new IllegalStateException("the pods were not ready")))
                .isEmpty();
    }
}
