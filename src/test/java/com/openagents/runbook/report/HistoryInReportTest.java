package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.report.history.Track;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryInReportTest {

    @Test
    void the_page_says_what_changed_and_since_when() throws IOException {
        assertThat(text(SampleHistory.record()))
                .contains(
                        "Compared with 3 earlier runs against staging, the newest of 2026-11-24 06:00:00 UTC (failed).")
                .containsSubsequence(
                        "new Breaks now 2026-11-25 06:00:00 UTC 1",
                        "new Flaky 2026-11-25 06:00:00 UTC 1",
                        "still failing Broken since the 23rd 2026-11-23 06:00:00 UTC 3",
                        "newly incomplete Out of sight 2026-11-25 06:00:00 UTC 1",
                        "fixed Mended 2026-11-23 06:00:00 UTC 2",
                        "checked again Seen again 2026-11-24 06:00:00 UTC 1");
    }

    @Test
    void what_is_not_steady_has_its_rates() throws IOException {
        assertThat(text(SampleHistory.record()))
                .contains("Flaky 2 of 4 (50%) 2 of 3 (67%)")
                .contains("Over the runs kept, this one included, 55% of the results of these scenarios passed, and 47%"
                        + " differ from the result before. 1 of 7 scenarios always said the same.")
                .doesNotContain("Steady 4 of 4");
    }

    @Test
    void only_all_is_all() throws IOException {
        var run = PlayedRun.on(25).fails("Odd");
        var before = PlayedRun.on(24);
        for (int i = 0; i < 300; i++) {
            run.passes("Steady " + i);
            before.passes("Steady " + i);
        }

        assertThat(text(run.after(before.passes("Odd")).record()))
                .contains("99% of the results of these scenarios passed, and 1% differ from the result before.");
    }

    @Test
    void a_run_without_a_result_of_its_own_has_a_median_of_all_before() {
        var run = PlayedRun.on(25)
                .passes("A pod")
                .killed()
                .after(PlayedRun.on(23).passes("A pod", 10), PlayedRun.on(24).passes("A pod", 500))
                .run();

        assertThat(Track.of(run))
                .singleElement()
                .satisfies(track -> assertThat(track.usually()).contains(Duration.ofMillis(500)));
    }

    @Test
    void the_slowest_come_with_their_median_of_before() throws IOException {
        assertThat(text(SampleHistory.record())).containsSubsequence("Mended 900 ms 4 ms", "Steady 5 ms 200 ms");
    }

    @Test
    void what_was_waived_unchecked_is_no_finding_that_is_fixed() throws IOException {
        var run = PlayedRun.on(26)
                .passes("A pod")
                .after(
                        PlayedRun.on(24).passes("A pod"),
                        PlayedRun.on(25).cannotCheck("A pod").waived("A pod"));

        assertThat(text(run.record())).contains("checked again A pod 2026-11-25 06:00:00 UTC 1");
    }

    @Test
    void a_run_without_history_does_not_speak_of_it() throws IOException {
        assertThat(text(PlayedRun.on(24).fails("A pod").record())).doesNotContain("Since the runs before");
    }

    @Test
    void the_terminal_counts_what_changed() throws IOException {
        var run = RunRecord.read(new StringReader(SampleHistory.record()));

        assertThat(new ConsoleSummary(false).of(run))
                .contains(
                        "Since the runs before: 2 new, 1 still failing, 1 newly incomplete, 1 fixed, 1 checked again\n");
        assertThat(new ConsoleSummary(false).of(PlayedRun.on(24).fails("A pod").run()))
                .doesNotContain("Since the runs before");
    }

    @Test
    void what_could_not_be_read_is_said() throws IOException {
        var noted = new EarlierRuns(List.of(), "The history cannot be read: Access denied: h");
        var run = PlayedRun.on(24)
                .passes("A pod")
                .attached(EarlierRuns.MEDIA_TYPE, History.json(noted).toString());

        assertThat(text(run.record())).contains("Since the runs before The history cannot be read: Access denied: h");
        assertThat(run.run().verdict()).isEqualTo(RunVerdict.PASSED);
    }

    private static String text(String record) throws IOException {
        var html = new StringWriter();
        HtmlReport.write(RunRecord.read(new StringReader(record)), html);
        return PageText.of(html.toString()).replaceAll("^.*?How to read this file ", "");
    }
}
