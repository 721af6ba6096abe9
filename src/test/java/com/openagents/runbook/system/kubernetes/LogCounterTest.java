package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Redactor;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogCounterTest {
    private static final String SECRET = "s3cr3t-v4lue-0f-1234-l3ngth";

    @Test
    void numbers_are_left_out_of_errors_and_a_secret_stays_whole_so_that_it_is_masked() {
        var counter = new LogCounter("runtime-0");
        counter.count(Instant.EPOCH, "12:00:00.000 [error] Task 17 at <0.123.0> in 15ms was told " + SECRET);
        counter.count(Instant.EPOCH, "12:00:00.000 [error] " + "x".repeat(150) + " " + SECRET);

        var errors = LogCounter.sum(List.of(counter)).errors().sorted().keySet();

        var redactor = new Redactor();
        redactor.hide(SECRET);
        assertThat(errors.stream().map(redactor::redact))
                .containsExactlyInAnyOrder("Task N at <N.N.N> in Nms was told [REDACTED]", "x".repeat(150) + " ");
    }
}
