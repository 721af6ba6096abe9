package com.openagents.runbook.assertions;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.checkout.CommandRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CommandRunAssertTest {
    private static final String BY_HAND = "cd /home/me/openagents/apps/runtime && mix test";

    @Test
    void a_command_that_hangs_is_a_finding_of_its_own_statement() {
        var hung = run(OptionalInt.empty(), "Compiling 12 files");

        assertThatThrownBy(() -> assertThat(hung).succeeded())
                .isInstanceOf(FindingError.class)
                .hasMessageContainingAll(
                        "'mix test' succeeds: not done after 300 s, so it was ended",
                        "Compiling 12 files",
                        "Next (runbook 9.5)",
                        "See it: " + BY_HAND);
    }

    @Test
    void a_command_that_fails_shows_its_exit_code_and_last_lines() {
        var failed = run(OptionalInt.of(2), "** (Mix) it broke");

        assertThatThrownBy(() -> assertThat(failed).succeeded())
                .isInstanceOf(FindingError.class)
                .hasMessageContainingAll("exit 2 after 3 s", "** (Mix) it broke");
    }

    @Test
    void success_without_a_count_of_tests_is_none() {
        assertThatThrownBy(() -> assertThat(run(OptionalInt.of(0), "bye")).hasNoFailedTest())
                .hasMessageContaining("it counted no tests: exit 0");
        assertThatThrownBy(() -> assertThat(run(OptionalInt.of(0), "0 tests, 0 failures"))
                        .hasNoFailedTest())
                .hasMessageContaining("it ran none");
    }

    private static CommandRun run(OptionalInt exit, String line) {
        return new CommandRun(
                "mix test",
                "9.5",
                BY_HAND,
                Instant.EPOCH,
                Duration.ofMinutes(5),
                Duration.ofSeconds(3),
                exit,
                List.of(line),
                0);
    }
}
