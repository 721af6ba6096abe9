package com.openagents.runbook.replica.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several faults at a time. */
class NodeDialsTest {
    private final NodeDials dials = new NodeDials();

    @Test
    void words_of_several_faults_are_there_until_each_is_taken_away() {
        dials.addFaultWords(Set.of("slow"));
        dials.addFaultWords(Set.of("deaf"));
        dials.addFaultWords("runtime-1", Set.of("mute"));

        dials.removeFaultWords(Set.of("slow"));

        assertThat(dials.faultWordsOf("runtime-0")).containsExactly("deaf");
        assertThat(dials.faultWordsOf("runtime-1")).containsExactly("deaf", "mute");
    }

    @Test
    void variables_of_several_faults_are_there_until_each_is_taken_away() {
        dials.addVariables(Map.of("TTL", "1"));
        dials.addVariables(Map.of("PACE", "2"));

        dials.removeVariables(Set.of("TTL"));

        assertThat(dials.variables()).isEqualTo(Map.of("PACE", "2"));
    }

    @Test
    void two_faults_that_want_different_values_are_refused() {
        dials.addVariables(Map.of("TTL", "1"));

        assertThatThrownBy(() -> dials.addVariables(Map.of("TTL", "2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two faults give TTL different values");
        assertThat(dials.variables()).isEqualTo(Map.of("TTL", "1"));
    }
}
