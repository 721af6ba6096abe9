package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every drill fails where what it is about is broken, with the right finding. */
class DrillsProof {
    @Test
    void every_drill_passes_where_nothing_is_broken(@TempDir Path output) throws IOException {
        var terminal = new StringWriter();
        var out = new PrintWriter(terminal, true);

        int status = Main.commandLine()
                .setOut(out)
                .setErr(out)
                .execute("run", "--tags", "@drill", "--output", output.toString());

        assertThat(status).as(terminal::toString).isZero();
        assertArtifacts(output.resolve("latest/restart-reconnect-chaos"));
    }

    /** The files that the runbook names (contract 14). */
    private static void assertArtifacts(Path folder) throws IOException {
        var json = new ObjectMapper();
        var results = Files.readAllLines(folder.resolve("results.jsonl"));
        assertThat(results).hasSize(9).allSatisfy(line -> {
            var result = json.readTree(line);
            assertThat(result.path("status").asText()).isEqualTo("passed");
            assertThat(folder.resolve(result.path("log_path").asText())).isNotEmptyFile();
        });
        var summary = json.readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.path("harness").asText()).isEqualTo("oa.runtime_restart_reconnect_chaos.v1");
        assertThat(summary.at("/totals/passed").asInt()).isEqualTo(9);
        assertThat(folder.resolve("SUMMARY.md")).content().contains("Promotion: allowed");
    }

    static Stream<List<FaultRow>> rows() throws IOException {
        return FaultRow.runs(FaultRow::isDrill);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void exactly_the_intended_drill_fails(List<FaultRow> rows, @TempDir Path output) throws IOException {
        FaultRow.prove(rows, output);
    }
}
