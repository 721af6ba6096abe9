package com.openagents.runbook.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page names the cause of a fault in its first lines. */
class TriageProof {
    @TempDir
    private Path output;

    @Test
    void nothing_is_wrong_with_a_healthy_replica() {
        assertThat(triage()).contains("**Most likely: nothing is wrong.**");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pod-crash-loop      | runtime-1 crashes when it starts     | runtime-1 wrote last: ** (Mix)
                    pod-out-of-memory   | runtime-1 was killed for memory      | last exit 137 (OOMKilled)
                    image-pull-back-off | runtime-1 cannot pull its image      | ImagePull
                    smoke-failed        | The smoke job failed                 | BackoffLimitExceeded
                    errors-in-log       | The service logs errors over and over | Memory.CompactionJob
                    database-down       | The database does not answer         | Did not answer: the tables of the runtime
                    """)
    void the_cause_stands_first(String fault, String cause, String restsOn) {
        assertThat(triage("--fault", fault))
                .contains("**Most likely: " + cause + ".**", restsOn)
                .doesNotContain("nothing is wrong");
    }

    private String triage(String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = new ArrayList<>(List.of("triage", "--output", output.toString()));
        arguments.addAll(List.of(more));
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(exit).as(err::toString).isIn(0, 3);
        return out.toString();
    }
}
