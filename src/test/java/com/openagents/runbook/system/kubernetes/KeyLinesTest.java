package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyLinesTest {
    private static final String BEGIN = "key: -----BEGIN RSA PRIVATE KEY-----";
    private static final String END = "-----END RSA PRIVATE KEY-----";
    private static final String LEFT_OUT = "… a private key is left out";

    @Test
    void a_key_between_other_lines_is_left_out() {
        assertThat(KeyLines.leftOut(List.of("before", BEGIN, "MIIEpAIBAAKCAQEA", END, "after")))
                .containsExactly("before", LEFT_OUT, "after");
    }

    @Test
    void of_a_key_that_began_before_the_lines_nothing_is_kept() {
        assertThat(KeyLines.leftOut(List.of("MIIEpAIBAAKCAQEA", "q2xhc3M", END, "after")))
                .containsExactly(LEFT_OUT, "after");
    }

    @Test
    void of_a_key_that_ends_after_the_lines_nothing_is_kept() {
        assertThat(KeyLines.leftOut(List.of("before", BEGIN, "MIIEpAIBAAKCAQEA")))
                .containsExactly("before", LEFT_OUT);
    }

    @Test
    void a_certificate_is_no_secret() {
        var lines = List.of("-----BEGIN CERTIFICATE-----", "MIID", "-----END CERTIFICATE-----");

        assertThat(KeyLines.leftOut(lines)).isEqualTo(lines);
    }
}
