package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.OperatorHands.Deed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandOperatorTest {
    @TempDir
    private Path folder;

    private CommandOperator operator(String restart, String retention, String mint, String trust, String restore) {
        return new CommandOperator(new CommandOperator.Commands(restart, retention, mint, trust, restore));
    }

    private String into(String file, String text) {
        return "printf %s \"" + text + "\" > " + folder.resolve(file);
    }

    @Test
    void only_what_has_a_command_is_offered_and_nothing_that_cannot_be_taken_back() {
        assertThat(operator("true", null, "true", "true", null).offered()).containsExactly(Deed.RESTART_DATABASE);
        assertThat(operator(null, "true", "true", null, "true").offered())
                .containsExactlyInAnyOrder(Deed.RUN_RETENTION, Deed.MINT_WITH);
    }

    @Test
    void a_command_finds_what_it_must_know_in_its_environment() throws IOException {
        var operator = operator(
                null,
                into("horizon", "$HORIZON_SECONDS"),
                into("mint", "$KEY_ID $KEY"),
                into("trust", "$SECRET"),
                into("restored", "yes"));

        operator.runRetention(Duration.ofMinutes(2));
        operator.mintWith("key-2", "of $HOME");
        operator.trustInternal("new secret");
        operator.restoreControlPlane();

        assertThat(Files.readString(folder.resolve("horizon"))).isEqualTo("120");
        assertThat(Files.readString(folder.resolve("mint"))).isEqualTo("key-2 of $HOME");
        assertThat(Files.readString(folder.resolve("trust"))).isEqualTo("new secret");
        assertThat(Files.readString(folder.resolve("restored"))).isEqualTo("yes");
    }

    @Test
    void a_command_that_fails_is_named_and_what_it_was_given_is_not() {
        var operator = operator(null, null, null, "echo $SECRET; exit 7", "true");

        assertThatThrownBy(() -> operator.trustInternal("new secret"))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessage("drills.operator.trust-internal ended with 7: run it by hand to see what it says");
    }
}
