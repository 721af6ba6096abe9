package com.openagents.runbook.publish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.replica.monitoring.MonitoringPrograms;
import com.openagents.runbook.replica.monitoring.ProgramsMissing;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.report.history.PastRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    private static final String WHERE = "environment=\"staging\",namespace=\"openagents\"";

    @TempDir
    private Path folder;

    static PlayedRun played() {
        return PlayedRun.on(24)
                .fact("namespace", "openagents")
                .passes("A pod", 1500)
                .fails("A database")
                .cannotCheck("A queue");
    }

    private static List<String> lines(Run run) {
        return MetricsFile.text(run).lines().toList();
    }

    @Test
    void the_verdict_is_one_where_its_word_holds() {
        assertThat(lines(played().run()))
                .contains(
                        "# TYPE runbook_run_verdict gauge",
                        "runbook_run_verdict{" + WHERE + ",verdict=\"failed\"} 1.0",
                        "runbook_run_verdict{" + WHERE + ",verdict=\"passed\"} 0.0",
                        "runbook_run_verdict{" + WHERE + ",verdict=\"incomplete\"} 0.0",
                        "runbook_section_verdict{" + WHERE + ",section=\"1\",verdict=\"failed\"} 1.0",
                        "runbook_section_verdict{" + WHERE + ",section=\"1\",verdict=\"passed\"} 0.0",
                        "runbook_scenario_verdict{" + WHERE
                                + ",scenario=\"1-a-database\",section=\"1\",severity=\"high\",verdict=\"failed\"} 1.0",
                        "runbook_scenario_verdict{" + WHERE
                                + ",scenario=\"1-a-database\",section=\"1\",severity=\"high\",verdict=\"passed\"} 0.0",
                        "runbook_scenario_verdict{" + WHERE
                                + ",scenario=\"1-a-queue\",section=\"1\",severity=\"high\",verdict=\"incomplete\"} 1.0");
    }

    @Test
    void findings_and_what_could_not_be_checked_are_counted() {
        assertThat(lines(played().run()))
                .contains(
                        "runbook_findings{" + WHERE + ",section=\"1\",severity=\"high\"} 1.0",
                        "runbook_section_scenarios{" + WHERE + ",section=\"1\",verdict=\"incomplete\"} 1.0",
                        "runbook_section_scenarios{" + WHERE + ",section=\"1\",verdict=\"aborted\"} 0.0");
        assertThat(lines(PlayedRun.on(24)
                        .fact("namespace", "openagents")
                        .passes("A pod")
                        .run()))
                .contains("runbook_findings{" + WHERE + ",section=\"1\",severity=\"high\"} 0.0");
    }

    @Test
    void times_and_durations_are_seconds() {
        assertThat(lines(played().run()))
                .contains(
                        "runbook_run_duration_seconds{" + WHERE + "} 1.508",
                        "runbook_run_end_timestamp_seconds{" + WHERE + "} 1.795500001508E9",
                        "runbook_scenario_duration_seconds{" + WHERE
                                + ",scenario=\"1-a-pod\",section=\"1\",severity=\"high\"} 1.5");
    }

    @Test
    void the_last_success_is_this_run_or_one_that_is_remembered_or_not_known() {
        var success = "runbook_run_last_success_timestamp_seconds";
        var passed = PastRun.of(PlayedRun.on(20).passes("A pod").run());
        var failed = PastRun.of(PlayedRun.on(21).fails("A pod").run());
        var remembered =
                History.json(new EarlierRuns(List.of(failed, passed), "")).toString();

        assertThat(MetricsFile.text(PlayedRun.on(24).passes("A pod").run()))
                .contains(success + "{environment=\"staging\",namespace=\"\"} 1.7955E9");
        assertThat(MetricsFile.text(
                        played().attached(EarlierRuns.MEDIA_TYPE, remembered).run()))
                .contains(success + "{" + WHERE + "} 1.7951544E9");
        assertThat(MetricsFile.text(played().run())).doesNotContain(success);
    }

    @Test
    void the_linter_of_prometheus_has_nothing_to_say() throws Exception {
        var file = folder.resolve(MetricsFile.FILE);
        MetricsFile.write(played().run(), file);

        var lint = new ProcessBuilder(promtool().toString(), "check", "metrics")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(lint.waitFor()).isZero();
    }

    private static Path promtool() {
        try {
            return MonitoringPrograms.find(Path.of("target", "replica", "programs"), said -> {})
                    .promtool();
        } catch (ProgramsMissing e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    @Test
    void a_collector_of_text_files_never_sees_half_a_file() throws IOException {
        var file = folder.resolve("runbook.prom");
        Files.writeString(file, "before");

        MetricsFile.write(played().run(), file);

        assertThat(file).hasContent(MetricsFile.text(played().run()));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        Files.createDirectories(folder.resolve("taken.prom/by-something-else"));
        assertThatThrownBy(() -> MetricsFile.write(played().run(), folder.resolve("taken.prom")))
                .isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(left -> left.toString().endsWith(".part"));
        }
    }
}
