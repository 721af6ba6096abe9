package com.openagents.runbook.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.cli.Main;
import com.openagents.runbook.environment.ClusterFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triage where nothing answers: it still ends, and says of each system why it said nothing. */
class TriageTest {
    private static final String SECRET = "a-password-that-nobody-may-see";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void systems_that_do_not_answer_are_named_with_the_reason() throws IOException {
        int exit = triage("--environment", environment().toString());

        assertThat(exit).as(err::toString).isEqualTo(3);
        assertThat(out.toString())
                .contains(
                        "**Most likely: The database does not answer.**",
                        "PostgreSQL at 127.0.0.1:1: connection refused",
                        "Also: Kubernetes cannot be reached from here",
                        "Did not answer: the pods (kubernetes at https://127.0.0.1:1/ does not answer",
                        "Did not answer: the metrics of the pods (runtime at http://127.0.0.1:1 does not answer",
                        "Did not answer: the active alerts (environment 'nowhere' offers no alertmanager");
    }

    @Test
    void page_and_raw_answers_are_kept_without_secrets() throws IOException {
        triage("--environment", environment().toString());

        try (var files = Files.walk(folder.resolve("out"))) {
            var kept = files.filter(Files::isRegularFile).toList();
            assertThat(kept)
                    .extracting(file -> file.getFileName().toString())
                    .contains("triage.md", "triage.html", "01-database-answer-of-the-database-server.json");
            for (var file : kept) {
                assertThat(file).content().doesNotContain(SECRET);
            }
        }
    }

    @Test
    void a_wrong_duration_is_a_usage_error() {
        assertThat(triage("--since", "soon")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--since: expected a number and a unit");
    }

    private int triage(String... arguments) {
        var all = new ArrayList<>(
                List.of("triage", "--output", folder.resolve("out").toString()));
        all.addAll(List.of(arguments));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private Path environment() throws IOException {
        var password = Files.writeString(folder.resolve("password"), SECRET);
        return ClusterFiles.environment(
                folder,
                "nowhere",
                "https://127.0.0.1:1",
                SECRET,
                "  database: {url: 'jdbc:postgresql://127.0.0.1:1/', user: runbook, password: 'file:%s'}"
                        .formatted(password),
                "  runtime: {url: 'http://127.0.0.1:1', signature-secret: 'file:%s', user: 7}".formatted(password));
    }
}
