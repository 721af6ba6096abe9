package com.openagents.runbook.report;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import io.cucumber.messages.types.TestStepResultStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a played step does. */
record Outcome(
        TestStepResultStatus status, int millis, String type, String message, String stack, List<String> evidence) {

    static Outcome passes() {
        return of(TestStepResultStatus.PASSED, "", "");
    }

    static Outcome finds(Finding finding) {
        return of(TestStepResultStatus.FAILED, FindingError.class.getName(), finding.text());
    }

    static Outcome breaks(String type, String message, String stack) {
        return new Outcome(TestStepResultStatus.FAILED, 12, type, message, stack, List.of());
    }

    static Outcome cannotCheck(String reason) {
        return of(TestStepResultStatus.SKIPPED, CouldNotCheck.class.getName(), reason);
    }

    static Outcome of(TestStepResultStatus status, String type, String message) {
        return new Outcome(status, 4, type, message, "", List.of());
    }

    static Outcome notReached() {
        return new Outcome(TestStepResultStatus.SKIPPED, 0, "", "", "", List.of());
    }

    Outcome in(int newMillis) {
        return new Outcome(status, newMillis, type, message, stack, evidence);
    }

    /** Rows are written as {@code name | ready | restarts}, the first one names the columns. */
    Outcome seeing(
            String title, String system, String asked, String threshold, Map<String, String> context, String... rows) {
        return seeing(title, system, asked, threshold, context, Map.of(), rows);
    }

    /** A signal over the minute before the verdict. */
    Outcome plotting(List<Map<String, Object>> lines) {
        var plot = Map.of(
                "unit", "value of the alert's expression",
                "from", "2026-11-24T05:59:00Z",
                "to", "2026-11-24T06:00:00Z",
                "at", "2026-11-24T06:00:00Z",
                "comparison", ">",
                "threshold", "0.05",
                "lines", lines,
                "cutLines", 0,
                "cutPoints", 0);
        return seeing("Signal", "prometheus", "up", "> 0.05", Map.of(), plot);
    }

    private Outcome seeing(
            String title,
            String system,
            String asked,
            String threshold,
            Map<String, String> context,
            Map<String, Object> plot,
            String... rows) {
        var all = new ArrayList<>(evidence);
        var seen = new LinkedHashMap<String, Object>();
        seen.put("title", title);
        seen.put("system", system);
        seen.put("asked", asked);
        seen.put("seen", rows(rows));
        seen.put("threshold", threshold);
        seen.put("at", "@at@");
        seen.put("context", context);
        if (!plot.isEmpty()) {
            seen.put("plot", plot);
        }
        all.add(RecordMaker.json(seen));
        return new Outcome(status, millis, type, message, stack, all);
    }

    /** Evidence of no particular interest. */
    Outcome seeing(String title) {
        return seeing(title, "kubernetes", "kubectl get pods", "", Map.of(), "pod | ready", "runtime-0 | True");
    }

    boolean goesOn() {
        return status == TestStepResultStatus.PASSED;
    }

    private static List<Map<String, String>> rows(String... rows) {
        var all = new ArrayList<Map<String, String>>();
        var columns = rows.length == 0 ? new String[0] : rows[0].split(" \\| ", -1);
        for (int i = 1; i < rows.length; i++) {
            var cells = rows[i].split(" \\| ", -1);
            var row = new LinkedHashMap<String, String>();
            for (int j = 0; j < columns.length; j++) {
                row.put(columns[j].strip(), cells[j].strip());
            }
            all.add(row);
        }
        return all;
    }
}
