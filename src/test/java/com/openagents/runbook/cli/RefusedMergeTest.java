package com.openagents.runbook.cli;

import static com.openagents.runbook.report.PlayedRun.shard;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.Identity;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that do not belong together, and what says so. */
class RefusedMergeTest {
    private final TypedCommand report = new TypedCommand("report");

    @TempDir
    private Path output;

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere", "", ".", "a b"})
    void a_run_that_calls_itself_by_a_path_is_not_merged(String id) throws IOException {
        var folder = PlayedRun.on(21).passes("A pod").in(output);
        var record = folder.resolve(RunRecord.FILE);
        Files.writeString(record, Files.readString(record).replace("20261121T060000Z", id));
        PlayedRun.on(22).passes("A lease").in(output);

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(2);
        assertThat(report.err()).contains("calls itself '" + id + "' cannot be merged");
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

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(2);
        assertThat(report.err()).contains(reason);
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

        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z", "20261123T060000Z"))
                .isEqualTo(2);
        assertThat(report.err()).contains("they saw different clusters, c1 and c2.");
        assertThat(report.runOn(output, "20261121T060000Z", "20261122T060000Z")).isEqualTo(3);
    }

    private static String cluster(String id) {
        return "{\"system\":\"kubernetes\",\"facts\":{\"cluster\":\"" + id + "\"}}";
    }

    @Test
    void a_run_cannot_be_merged_with_itself() throws IOException {
        PlayedRun.on(21).passes("A pod").in(output);

        assertThat(report.runOn(output, "20261121T060000Z", "20261121T060000Z")).isEqualTo(2);
        assertThat(report.err()).contains("The run 20261121T060000Z is given more than once.");
    }
}
