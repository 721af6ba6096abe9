package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A tally as evidence: first the logs, then what they say. */
final class LogRows {
    private LogRows() {}

    static List<Map<String, String>> of(LogTally tally) {
        var rows = new ArrayList<Map<String, String>>();
        tally.logs()
                .forEach(log -> rows.add(row(
                        "log of " + log.name(),
                        log.lines() + " lines",
                        log.trouble()
                                .orElseGet(() -> log.from()
                                                .map(Instant::toString)
                                                .orElse("") + " to "
                                        + log.to().map(Instant::toString).orElse("")))));
        tally.levels().forEach((level, count) -> rows.add(row("level " + level, String.valueOf(count), "")));
        tally.asked().forEach((kind, count) -> rows.add(row(kind, String.valueOf(count), "")));
        tally.outcomes()
                .forEach((event, outcomes) -> outcomes.forEach((outcome, count) ->
                        rows.add(row(event + " " + outcome, String.valueOf(count), ids(tally, event, outcome)))));
        tally.reasons()
                .forEach((event, reasons) -> reasons.forEach(
                        (reason, count) -> rows.add(row(event + " because of " + reason, String.valueOf(count), ""))));
        tally.errors().forEach((text, count) -> rows.add(row("error: " + text, String.valueOf(count), "")));
        rows.add(row("lines in another format", String.valueOf(tally.unparsable()), ""));
        return rows;
    }

    private static String ids(LogTally tally, String event, String outcome) {
        return String.join(
                ", ",
                tally.marks().stream()
                        .filter(mark ->
                                mark.what().equals(event) && mark.outcome().equals(outcome))
                        .map(mark -> mark.runId().isEmpty() ? mark.requestId() : mark.runId())
                        .filter(id -> !id.isEmpty())
                        .distinct()
                        .toList());
    }

    private static Map<String, String> row(String what, String count, String detail) {
        return Rows.of("what", what, "count", count, "detail", detail);
    }
}
