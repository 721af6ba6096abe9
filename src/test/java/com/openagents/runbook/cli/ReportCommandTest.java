package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.ReportWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of one run, rendered again. */
class ReportCommandTest {
    private final TypedCommand report = new TypedCommand("report");

    @TempDir
    private Path output;

    @Test
    void a_report_is_rendered_again_byte_for_byte() throws IOException {
        var folder = PlayedRun.on(24).fails("A pod").passes("A queue").in(output);
        ReportWriter.write(folder);
        var page = Files.readString(folder.resolve(ReportWriter.HTML));
        Files.delete(folder.resolve(ReportWriter.HTML));

        assertThat(report.runOn(output, "20261124T060000Z")).isEqualTo(1);
        assertThat(folder.resolve(ReportWriter.HTML)).content().isEqualTo(page);
        assertThat(report.out()).contains("A pod is not well", "Report: ", "report.html");
    }

    @ParameterizedTest
    @CsvSource({"passes, 0", "fails, 1", "incomplete, 3", "killed, 130"})
    void the_exit_code_is_that_of_the_verdict(String what, int exit) throws IOException {
        var run = PlayedRun.on(24).passes("Another");
        (switch (what) {
                    case "passes" -> run.passes("A pod");
                    case "fails" -> run.fails("A pod");
                    case "incomplete" -> run.cannotCheck("A pod");
                    default -> run.passes("A pod").killed();
                })
                .in(output);

        assertThat(report.runOn(output, "20261124T060000Z")).isEqualTo(exit);
    }

    @Test
    void a_run_from_elsewhere_is_left_as_it_is() throws IOException {
        var folder = PlayedRun.on(24).passes("A pod").in(output.resolve("archive"));

        assertThat(report.runOn(output.resolve("here"), folder.toString())).isZero();
        assertThat(folder).isDirectoryContaining("glob:**run.ndjson").isDirectoryNotContaining("glob:**.html");
        assertThat(output.resolve("here/20261124T060000Z/report.html")).exists();
        assertThat(output.resolve("here/20261124T060000Z/run.ndjson"))
                .hasSameBinaryContentAs(folder.resolve("run.ndjson"));
    }

    @Test
    void results_are_exported_from_a_record_too() throws IOException {
        var folder = PlayedRun.on(24).passes("A pod").in(output);

        assertThat(report.runOn(output, "--oscal", "20261124T060000Z")).isZero();
        assertThat(folder.resolve(ReportWriter.OSCAL)).content().contains("\"satisfied\"");
    }

    @Test
    void the_copy_of_a_run_that_was_signed_is_not() throws IOException {
        var folder = PlayedRun.on(24).chained("Ed25519").passes("A pod").in(output.resolve("archive"));

        assertThat(report.runOn(output.resolve("archive"), "20261124T060000Z")).isEqualTo(2);
        assertThat(report.err()).contains("is signed", "--output, for a copy that is not signed");
        assertThat(report.runOn(output.resolve("here"), folder.toString())).isZero();
        assertThat(output.resolve("here/20261124T060000Z/report.html"))
                .content()
                .contains("to be signed (Ed25519); ./runbook verify says whether it is")
                .doesNotContain(">signed (Ed25519)");
    }

    @Test
    void an_unknown_run_is_a_usage_error_with_a_suggestion() throws IOException {
        PlayedRun.on(21).passes("A pod").in(output);

        assertThat(report.runOn(output, "20261121T060001Z")).isEqualTo(2);
        assertThat(report.err()).contains("There is no run '20261121T060001Z'", "did you mean '20261121T060000Z'?");
        assertThat(report.runOn(output.resolve("nowhere"), "latest")).isEqualTo(2);
        assertThat(report.err()).contains("./runbook run makes one");
    }
}
