package com.openagents.runbook.system.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Redactor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTailTest {
    @Test
    void of_a_secret_where_a_long_line_is_cut_nothing_is_kept() {
        var redactor = new Redactor();
        redactor.hide("known-secret-value");
        var beginning = "x".repeat(990) + " ";
        var tail = new OutputTail(redactor::redact, line -> {});

        tail.read(new ByteArrayInputStream((beginning + "known-secret-value\nnext").getBytes(StandardCharsets.UTF_8)));

        assertThat(tail.lines()).containsExactly(beginning, "next");
    }
}
