package com.openagents.runbook.cli;

import static com.openagents.runbook.report.PlayedRun.shard;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import com.openagents.runbook.report.Waiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several runs say together, as one report. */
class MergedRunsTest {
    private final TypedCommand report = new TypedCommand("report");

    @TempDir
    private Path output;

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
    void shards_become_one_run() throws IOException {
        shard(1, 2).passes("A pod").fails("A queue").in(output);
        shard(2, 2).passes("A lease").cannotCheck("An alert").in(output);

        assertThat(report.runOn(output, "20261122T060000Z", "20261121T060000Z")).isEqualTo(1);
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
        report.runOn(output, "20261121T060000Z", "20261122T060000Z");
        var page = output.resolve("20261121T060000Z-merged/report.html");
        var before = Files.readString(page);
        assertThat(merged().verdict()).isEqualTo(RunVerdict.INCOMPLETE);

        assertThat(report.runOn(output, "20261121T060000Z-merged")).isEqualTo(3);
        assertThat(page).content().isEqualTo(before);
        assertThat(report.runOn(output, "20261121T060000Z-merged", "20261123T060000Z"))
                .isZero();

        var all = RunRecord.read(output.resolve("20261121T060000Z-merged-2"));
        assertThat(verdicts(all)).isEqualTo("A lease passed, A pod passed, A queue passed");
        assertThat(all.merged().parts()).hasSize(3);
    }

    @Test
    void of_several_results_the_worst_counts_and_all_are_told() throws IOException {
        PlayedRun.on(21).passes("A pod").passes("A queue").in(output);
        PlayedRun.on(22).fails("A pod").in(output);

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(1);
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

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(130);
        assertThat(verdicts(merged())).isEqualTo("A queue passed, A pod passed");
    }

    @Test
    void a_missing_shard_leaves_the_whole_incomplete() throws IOException {
        shard(1, 3).passes("A pod").in(output);
        shard(3, 3).passes("A lease").in(output);

        assertThat(report.runOn(output, "20261121T060000Z", "20261123T060000Z")).isEqualTo(3);
        assertThat(report.out()).contains("Shard 2/3 is missing");
    }

    @Test
    void shards_of_one_selection_say_nothing_of_those_of_another() throws IOException {
        PlayedRun.on(21).shard("1/2", "1").passes("A pod").in(output);
        PlayedRun.on(22).shard("2/2", "2").passes("A lease").in(output);
        PlayedRun.on(23).shard("", "3").passes("A queue").in(output);

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z", "20261123T060000Z"))
                .isEqualTo(3);
        assertThat(report.out())
                .contains(
                        "Shard 2/2 of section 1 without drills is missing",
                        "Shard 1/2 of section 2 without drills is missing")
                .doesNotContain("of section 3");
    }

    @Test
    void shards_of_several_selections_are_whole_together() throws IOException {
        PlayedRun.on(21).shard("1/2", "1", "2").passes("A pod").in(output);
        PlayedRun.on(22).shard("2/2", "2", "1").passes("A lease").in(output);
        PlayedRun.on(23).shard("", "3").passes("A queue").in(output);

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z", "20261123T060000Z"))
                .isZero();
    }

    @Test
    void a_part_that_is_not_as_it_was_merged_is_told() throws IOException {
        var record = recordOfTwo();
        Files.writeString(record, Files.readString(record).replace("What A lease saw", "What a lease saw"));

        assertThat(report.runOn(output, "20261121T060000Z-merged")).isEqualTo(1);
        assertThat(report.out())
                .contains("The record of the run 20261122T060000Z is not the one that was merged")
                .doesNotContain("The record of the run 20261121T060000Z");
    }

    @Test
    void a_merged_record_that_lost_a_part_says_which() throws IOException {
        var record = recordOfTwo();
        var lines = Files.readAllLines(record);
        Files.write(record, lines.subList(0, (lines.size() + 1) / 2));

        assertThat(report.runOn(output, "20261121T060000Z-merged")).isEqualTo(3);
        assertThat(report.out()).contains("The record lacks the run 20261122T060000Z, which is part of it");
    }

    /** The record that two shards were merged to. */
    private Path recordOfTwo() throws IOException {
        shard(1, 2).passes("A pod").in(output);
        shard(2, 2).passes("A lease").in(output);
        report.runOn(output, "20261121T060000Z", "20261122T060000Z");
        return output.resolve("20261121T060000Z-merged").resolve(RunRecord.FILE);
    }

    @Test
    void each_part_has_a_chain_of_its_own() throws IOException {
        shard(1, 2).chained("").passes("A pod").in(output);
        shard(2, 2)
                .attached("application/vnd.openagents.provenance+json", "{}")
                .passes("A lease")
                .in(output);

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z")).isZero();
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

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z")).isZero();
        assertThat(merged().waivers())
                .extracting(use -> use.waiver().id() + " " + use.state().word())
                .containsExactlyInAnyOrder("W1 waived", "W2 expired");
    }

    @Test
    void a_record_that_was_cut_short_keeps_to_its_part() throws IOException {
        var cut = shard(1, 2).passes("A pod").passes("A queue").in(output).resolve(RunRecord.FILE);
        var text = Files.readString(cut);
        Files.writeString(cut, text.substring(0, text.length() - 30));
        shard(2, 2).passes("A lease").in(output);

        report.runOn(output, "20261121T060000Z", "20261122T060000Z");

        assertThat(merged().problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.text()).startsWith("shard 1/2: The record breaks off in line "));
        assertThat(verdicts(merged())).contains("A lease passed");
    }
}
