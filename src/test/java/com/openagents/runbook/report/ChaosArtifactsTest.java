package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the drills before a promotion. */
class ChaosArtifactsTest {
    private static final String LEFT_CHANGED = "application/vnd.openagents.left-changed+json";

    @TempDir
    private Path folder;

    private Path drills(String name, String problem) throws IOException {
        var maker =
                new RecordMaker("2026-11-24T06:00:00Z").runFacts().feature("features/08.feature", """
                @section-8 @drill @chaos
                Feature: 8 Drills
                  @drill:%s
                  Scenario: A pod is killed
                    Given it goes on
                """.formatted(name));
        if (!problem.isEmpty()) {
            maker.attach(LEFT_CHANGED, RecordMaker.json(Map.of("problem", problem)));
        }
        var record = maker.when("it goes on", Outcome.passes().seeing("Pods")).playAll();
        Files.writeString(folder.resolve(RunRecord.FILE), record.finished());
        ReportWriter.write(folder);
        return folder.resolve("restart-reconnect-chaos");
    }

    @Test
    void the_summary_has_one_order_in_every_process() throws IOException {
        assertThat(drills("killed-pod", "").resolve("summary.json")).hasContent("""
                {
                  "harness" : "oa.runtime_restart_reconnect_chaos.v1",
                  "timestamp" : "20261124T060000Z",
                  "totals" : {
                    "case_count" : 1,
                    "passed" : 1,
                    "failed" : 0
                  },
                  "overall_status" : "passed",
                  "cases" : [
                    {
                      "case_id" : "killed-pod",
                      "description" : "A pod is killed",
                      "status" : "passed",
                      "started_at" : "2026-11-24T06:00:00Z",
                      "duration_seconds" : 0,
                      "command" : "./runbook run --tags @drill:killed-pod",
                      "log_path" : "logs/killed-pod.log"
                    }
                  ]
                }
                """);
    }

    @Test
    void a_tag_that_is_a_path_leads_nowhere() throws IOException {
        var written = drills("../../../killed", "");

        assertThat(written.resolve("logs/_________killed.log")).exists();
        assertThat(folder.resolve("../killed.log")).doesNotExist();
    }

    @Test
    void what_was_left_changed_blocks_a_promotion() throws IOException {
        assertThat(drills("killed-pod", "2 pods are left").resolve("SUMMARY.md"))
                .content()
                .contains("Overall status: failed", "Promotion: blocked: the cases passed, and the run itself did not");
    }
}
