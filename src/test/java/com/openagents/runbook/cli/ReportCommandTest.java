package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.Identity;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import com.openagents.runbook.report.Waiver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {
    @TempDir
    private Path output;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int report(Path folder, String... runs) {
        var arguments = new ArrayList<>(List.of("report", "--output", folder.toString()));
        arguments.addAll(List.of(runs));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private static PlayedRun shard(int index, int of) {
        return PlayedRun.on(20 + index).shard(index + "/" + of);
    }

    private Run merged() throws IOException {
        return RunRecord.read(output.resolve("20261121T060000Z-merged"));
    }

    private static String verdicts(Run run) {
        return String.join(
                ", ",
                run.scenarios().stream()
                        .map(scenario ->
                                scenario.name() + " " + scenario.verdict().word())
                        .toList());
    }

    @Test
    void a_report_is_rendered_again_byte_for_byte() throws IOException {
        var folder = PlayedRun.on(24).fails("A pod").passes("A queue").in(output);
        ReportWriter.write(folder);
        var page = Files.readString(folder.resolve(ReportWriter.HTML));
        Files.delete(folder.resolve(ReportWriter.HTML));

        assertThat(report(output, "20261124T060000Z")).isEqualTo(1);
        assertThat(folder.resolve(ReportWriter.HTML)).content().isEqualTo(page);
        assertThat(out.toString()).contains("A pod is not well", "Report: ", "report.html");
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

        assertThat(report(output, "20261124T060000Z")).isEqualTo(exit);
    }

    @Test
    void a_run_from_elsewhere_is_left_as_it_is() throws IOException {
        var folder = PlayedRun.on(24).passes("A pod").in(output.resolve("archive"));

        assertThat(report(output.resolve("here"), folder.toString())).isZero();
        assertThat(folder).isDirectoryContaining("glob:**run.ndjson").isDirectoryNotContaining("glob:**.html");
        assertThat(output.resolve("here/20261124T060000Z/report.html")).exists();
        assertThat(output.resolve("here/20261124T060000Z/run.ndjson"))
                .hasSameBinaryContentAs(folder.resolve("run.ndjson"));
    }

    @Test
    void results_are_exported_from_a_record_too() throws IOException {
        var folder = PlayedRun.on(24).passes("A pod").in(output);

        assertThat(report(output, "--oscal", "20261124T060000Z")).isZero();
        assertThat(folder.resolve(ReportWriter.OSCAL)).content().contains("\"satisfied\"");
    }

    @Test
    void shards_become_one_run() throws IOException {
        shard(1, 2).passes("A pod").fails("A queue").in(output);
        shard(2, 2).passes("A lease").cannotCheck("An alert").in(output);

        assertThat(report(output, "20261122T060000Z", "20261121T060000Z")).isEqualTo(1);
        assertThat(verdicts(merged())).isEqualTo("A lease passed, A pod passed, A queue failed, An alert incomplete");
        assertThat(merged().facts().selection().shard()).isEqualTo("1/2, 2/2");
        assertThat(merged().problems()).isEmpty();
        assertThat(merged().evidence().hashes()).hasSize(3);
        assertThat(output.resolve("20261121T060000Z-merged/report.html"))
                .content()
                .contains("Merged from several runs", "20261122T060000Z");
    }

    @Test
    void what_was_merged_can_be_rendered_and_merged_again() throws IOException {
        shard(1, 3).passes("A pod").in(output);
        shard(2, 3).passes("A queue").in(output);
        shard(3, 3).passes("A lease").in(output);
        report(output, "20261121T060000Z", "20261122T060000Z");
        var page = output.resolve("20261121T060000Z-merged/report.html");
        var before = Files.readString(page);
        assertThat(merged().verdict()).isEqualTo(RunVerdict.INCOMPLETE);

        assertThat(report(output, "20261121T060000Z-merged")).isEqualTo(3);
        assertThat(page).content().isEqualTo(before);
        assertThat(report(output, "20261121T060000Z-merged", "20261123T060000Z"))
                .isZero();

        var all = RunRecord.read(output.resolve("20261121T060000Z-merged-2"));
        assertThat(verdicts(all)).isEqualTo("A lease passed, A pod passed, A queue passed");
        assertThat(all.merged().parts()).hasSize(3);
    }

    @Test
    void of_several_results_the_worst_counts_and_all_are_told() throws IOException {
        PlayedRun.on(21).passes("A pod").passes("A queue").in(output);
        PlayedRun.on(22).fails("A pod").in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(1);
        assertThat(merged().scenarios())
                .extracting(ScenarioResult::verdict)
                .containsExactly(Verdict.FAILED, Verdict.PASSED);
        assertThat(merged().merged().several().toString())
                .contains("A pod", "passed (run 20261121T060000Z)", "failed (run 20261122T060000Z)")
                .doesNotContain("A queue");
    }

    @Test
    void that_one_run_ended_before_a_scenario_is_no_result_where_another_has_one() throws IOException {
        PlayedRun.on(21).passes("A queue").passes("A pod").killed().in(output);
        PlayedRun.on(22).passes("A queue").passes("A pod").in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(130);
        assertThat(verdicts(merged())).isEqualTo("A queue passed, A pod passed");
    }

    @Test
    void a_missing_shard_leaves_the_whole_incomplete() throws IOException {
        shard(1, 3).passes("A pod").in(output);
        shard(3, 3).passes("A lease").in(output);

        assertThat(report(output, "20261121T060000Z", "20261123T060000Z")).isEqualTo(3);
        assertThat(out.toString()).contains("Shard 2/3 is missing");
    }

    @Test
    void shards_of_one_selection_say_nothing_of_those_of_another() throws IOException {
        PlayedRun.on(21).shard("1/2", "1").passes("A pod").in(output);
        PlayedRun.on(22).shard("2/2", "2").passes("A lease").in(output);
        PlayedRun.on(23).shard("", "3").passes("A queue").in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z", "20261123T060000Z"))
                .isEqualTo(3);
        assertThat(out.toString())
                .contains("Shard 2/2 of section 1 is missing", "Shard 1/2 of section 2 is missing")
                .doesNotContain("of section 3");
    }

    @Test
    void shards_of_several_selections_are_whole_together() throws IOException {
        PlayedRun.on(21).shard("1/2", "1", "2").passes("A pod").in(output);
        PlayedRun.on(22).shard("2/2", "2", "1").passes("A lease").in(output);
        PlayedRun.on(23).shard("", "3").passes("A queue").in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z", "20261123T060000Z"))
                .isZero();
    }

    @Test
    void a_part_that_is_not_as_it_was_merged_is_told() throws IOException {
        shard(1, 2).passes("A pod").in(output);
        shard(2, 2).passes("A lease").in(output);
        report(output, "20261121T060000Z", "20261122T060000Z");
        var record = output.resolve("20261121T060000Z-merged").resolve(RunRecord.FILE);
        Files.writeString(record, Files.readString(record).replace("What A lease saw", "What a lease saw"));

        assertThat(report(output, "20261121T060000Z-merged")).isEqualTo(1);
        assertThat(out.toString())
                .contains("The record of the run 20261122T060000Z is not the one that was merged")
                .doesNotContain("The record of the run 20261121T060000Z");
    }

    @Test
    void each_part_has_a_chain_of_its_own() throws IOException {
        shard(1, 2).chained("").passes("A pod").in(output);
        shard(2, 2)
                .attached("application/vnd.openagents.provenance+json", "{}")
                .passes("A lease")
                .in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z")).isZero();
        assertThat(merged().provenance().chain().text())
                .matches("by part: shard 1/2: holds over all \\d+ lines; shard 2/2: none: no line .*");
    }

    @Test
    void a_waiver_that_begins_between_two_shards_is_told_once_and_as_it_was_used() throws IOException {
        var waivers = "{\"waivers\":[{\"id\":\"W1\",\"scenario\":\"A lease\",\"from\":\"2026-11-22T00:00:00Z\","
                + "\"until\":\"2026-12-22T00:00:00Z\"},{\"id\":\"W2\",\"scenario\":\"A pod\","
                + "\"from\":\"2026-11-01T00:00:00Z\",\"until\":\"2026-11-22T00:00:00Z\"}]}";
        shard(1, 2).attached(Waiver.MEDIA_TYPE, waivers).passes("A pod").in(output);
        shard(2, 2).attached(Waiver.MEDIA_TYPE, waivers).fails("A lease").in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z")).isZero();
        assertThat(merged().waivers())
                .extracting(use -> use.waiver().id() + " " + use.state().word())
                .containsExactlyInAnyOrder("W1 waived", "W2 expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere", "", ".", "a b"})
    void a_run_that_calls_itself_by_a_path_is_not_merged(String id) throws IOException {
        var folder = PlayedRun.on(21).passes("A pod").in(output);
        var record = folder.resolve(RunRecord.FILE);
        Files.writeString(record, Files.readString(record).replace("20261121T060000Z", id));
        PlayedRun.on(22).passes("A lease").in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(2);
        assertThat(err.toString()).contains("calls itself '" + id + "' cannot be merged");
    }

    @Test
    void the_copy_of_a_run_that_was_signed_is_not() throws IOException {
        var folder = PlayedRun.on(24).chained("Ed25519").passes("A pod").in(output.resolve("archive"));

        assertThat(report(output.resolve("archive"), "20261124T060000Z")).isEqualTo(2);
        assertThat(err.toString()).contains("is signed", "--output, for a copy that is not signed");
        assertThat(report(output.resolve("here"), folder.toString())).isZero();
        assertThat(output.resolve("here/20261124T060000Z/report.html"))
                .content()
                .contains("to be signed (Ed25519); ./runbook verify says whether it is")
                .doesNotContain(">signed (Ed25519)");
    }

    @Test
    void a_record_that_was_cut_short_keeps_to_its_part() throws IOException {
        var cut = shard(1, 2).passes("A pod").passes("A queue").in(output).resolve(RunRecord.FILE);
        var text = Files.readString(cut);
        Files.writeString(cut, text.substring(0, text.length() - 30));
        shard(2, 2).passes("A lease").in(output);

        report(output, "20261121T060000Z", "20261122T060000Z");

        assertThat(merged().problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.text()).startsWith("shard 1/2: The record breaks off in line "));
        assertThat(verdicts(merged())).contains("A lease passed");
    }

    @Test
    void a_merged_record_that_lost_a_part_says_which() throws IOException {
        shard(1, 2).passes("A pod").in(output);
        shard(2, 2).passes("A lease").in(output);
        report(output, "20261121T060000Z", "20261122T060000Z");
        var record = output.resolve("20261121T060000Z-merged").resolve(RunRecord.FILE);
        var lines = Files.readAllLines(record);
        Files.write(record, lines.subList(0, (lines.size() + 1) / 2));

        assertThat(report(output, "20261121T060000Z-merged")).isEqualTo(3);
        assertThat(out.toString()).contains("The record lacks the run 20261122T060000Z, which is part of it");
    }

    @ParameterizedTest
    @CsvSource({
        "environment, production, they differ in environment",
        "featureHash, beef, they differ in feature hash",
        "suiteVersion, 0.2.0, they differ in suite version",
        "mode, plan, they differ in mode",
        "shard, 2/3, Shards of 2 and of 3 do not fit together",
        "shard, 1/x, There is no shard '1/x'",
        "shard, 1/2000000000, There is no shard '1/2000000000'",
        "environmentSha256, ab, the file of their environment was changed"
    })
    void what_does_not_fit_together_is_refused(String fact, String value, String reason) throws IOException {
        shard(1, 2).passes("A pod").in(output);
        var other = shard(2, 2).passes("A lease");
        (switch (fact) {
                    case "shard" -> other.shard(value);
                    case "environmentSha256" ->
                        other.attached(
                                "application/vnd.openagents.provenance+json",
                                "{\"environmentSha256\":\"" + value + "\"}");
                    default -> other.fact(fact, value);
                })
                .in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
        assertThat(output.resolve("20261121T060000Z-merged")).doesNotExist();
    }

    @Test
    void runs_against_different_clusters_of_one_name_are_refused() throws IOException {
        shard(1, 3).passes("A pod").attached(Identity.MEDIA_TYPE, cluster("c1")).in(output);
        shard(2, 3).passes("A lease").in(output);
        shard(3, 3)
                .passes("A queue")
                .attached(Identity.MEDIA_TYPE, cluster("c2"))
                .in(output);

        assertThat(report(output, "20261121T060000Z", "20261122T060000Z", "20261123T060000Z"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("they saw different clusters, c1 and c2.");
        assertThat(report(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(3);
    }

    private static String cluster(String id) {
        return "{\"system\":\"kubernetes\",\"facts\":{\"cluster\":\"" + id + "\"}}";
    }

    @Test
    void a_run_cannot_be_merged_with_itself() throws IOException {
        PlayedRun.on(21).passes("A pod").in(output);

        assertThat(report(output, "20261121T060000Z", "20261121T060000Z")).isEqualTo(2);
        assertThat(err.toString()).contains("The run 20261121T060000Z is given more than once.");
    }

    @Test
    void an_unknown_run_is_a_usage_error_with_a_suggestion() throws IOException {
        PlayedRun.on(21).passes("A pod").in(output);

        assertThat(report(output, "20261121T060001Z")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no run '20261121T060001Z'", "did you mean '20261121T060000Z'?");
        assertThat(report(output.resolve("nowhere"), "latest")).isEqualTo(2);
        assertThat(err.toString()).contains("./runbook run makes one");
    }
}
