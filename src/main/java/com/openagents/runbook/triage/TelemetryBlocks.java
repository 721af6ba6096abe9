package com.openagents.runbook.triage;

import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.database.ActivityQuestion;
import com.openagents.runbook.system.kubernetes.LogTally.Mark;
import com.openagents.runbook.triage.Page.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lays out 3.4 and 3.5: telemetry by dimension, and the ids to follow. */
final class TelemetryBlocks {
    private static final int MOST_ROWS = 20;
    private static final List<String> COUNTS =
            List.of("runs", "leases", "times", "tasks", "denials", "requests", "rows");

    private final Seen seen;
    private final Duration since;

    private TelemetryBlocks(Seen seen, Duration since) {
        this.seen = seen;
        this.since = since;
    }

    static List<Block> of(Seen seen, Duration since) {
        var layout = new TelemetryBlocks(seen, since);
        var blocks = new ArrayList<Block>();
        for (var dimension : Dimension.values()) {
            blocks.add(layout.dimension(dimension));
        }
        blocks.add(layout.errors());
        blocks.add(layout.ids());
        return blocks;
    }

    private Block dimension(Dimension dimension) {
        var rows = new ArrayList<List<String>>();
        fromLogs(dimension, rows);
        fromMetrics(dimension, rows);
        dimension.questions().forEach(question -> fromDatabase(question, rows));
        var notes = new ArrayList<>(Blocks.notes(seen.logs(), seen.metrics(), seen.activity()));
        if (rows.isEmpty() && notes.isEmpty()) {
            notes.add("nothing happened");
        }
        return new Block("3.4", dimension.title(), notes, List.of("what", "count", "source"), rows);
    }

    private void fromLogs(Dimension dimension, List<List<String>> rows) {
        var source = "logs, " + Ago.text(since);
        seen.logs()
                .value()
                .ifPresent(logs -> logs.outcomes().forEach((event, outcomes) -> {
                    if (dimension.has(event)) {
                        outcomes.forEach(
                                (outcome, count) -> rows.add(List.of(event + " " + outcome, count + "", source)));
                        logs.reasons()
                                .getOrDefault(event, Map.of())
                                .forEach((reason, count) ->
                                        rows.add(List.of(event + " because of " + reason, count + "", source)));
                    }
                }));
    }

    private void fromMetrics(Dimension dimension, List<List<String>> rows) {
        seen.metrics().value().ifPresent(answers -> {
            answers.forEach((pod, answer) -> {
                if (answer.status() != 200) {
                    rows.add(List.of("metrics of " + pod, "", "answered " + answer.status()));
                }
            });
            MetricSums.of(answers.values(), dimension.metrics())
                    .forEach((series, sum) -> rows.add(List.of(
                            series.replace("openagents_runtime_", ""),
                            Math.round(sum) + "",
                            "metrics, since the pods started")));
        });
    }

    private void fromDatabase(ActivityQuestion question, List<List<String>> rows) {
        seen.activity().value().ifPresent(activity -> {
            if (activity.refused().containsKey(question)) {
                rows.add(List.of(
                        question.title(), "", "database: " + activity.refused().get(question)));
            }
            activity.rows(question).stream().limit(MOST_ROWS).forEach(row -> {
                var number = row.entrySet().stream()
                        .filter(cell -> COUNTS.contains(cell.getKey()))
                        .findFirst();
                var words = row.entrySet().stream()
                        .filter(cell -> !COUNTS.contains(cell.getKey())
                                && !cell.getValue().isEmpty())
                        .map(cell ->
                                cell.getKey().equals("what") ? cell.getValue() : cell.getKey() + " " + cell.getValue())
                        .collect(Collectors.joining(", "));
                rows.add(List.of(
                        question.title() + (words.isEmpty() ? "" : ": " + words),
                        number.map(Map.Entry::getValue).orElse(""),
                        "database"));
            });
        });
    }

    private Block errors() {
        var rows = new ArrayList<List<String>>();
        var notes = new ArrayList<>(Blocks.notes(seen.logs()));
        seen.logs().value().ifPresent(logs -> {
            logs.errors().entrySet().stream()
                    .limit(MOST_ROWS)
                    .forEach(error -> rows.add(List.of(error.getKey(), error.getValue() + "")));
            notes.add(logs.lines() + " lines, of them " + logs.level("error") + " errors, " + logs.level("warning")
                    + " warnings, " + logs.unparsable() + " in another format");
            notes.add("All lines by hand: " + logs.command());
        });
        return new Block("3.4", "Lines at error level", notes, List.of("line", "times"), rows);
    }

    private Block ids() {
        var rows = new LinkedHashSet<List<String>>();
        seen.activity()
                .value()
                .ifPresent(activity -> activity.rows(ActivityQuestion.NEWEST)
                        .forEach(row -> rows.add(List.of(
                                row.get("run_id"),
                                "",
                                row.get("status") + " " + row.get("reason_class"),
                                "database",
                                row.get("updated_at")))));
        seen.logs()
                .value()
                .ifPresent(logs -> newestOfEach(logs.marks())
                        .forEach(mark -> rows.add(List.of(
                                mark.runId(),
                                mark.requestId(),
                                mark.what() + " " + mark.outcome(),
                                mark.pod(),
                                mark.at() + ""))));
        return new Block(
                "3.5",
                "Run ids and request ids",
                Blocks.notes(seen.logs(), seen.activity()),
                List.of("run id", "request id", "what happened", "where", "when"),
                List.copyOf(rows));
    }

    /** A run that did the same thing again is shown once. What names neither run nor request leads nowhere. */
    private static Collection<Mark> newestOfEach(List<Mark> marks) {
        var newest = new LinkedHashMap<String, Mark>();
        marks.stream()
                .filter(mark -> !mark.runId().isEmpty() || !mark.requestId().isEmpty())
                .forEach(mark -> newest.put(
                        mark.what() + mark.outcome() + (mark.runId().isEmpty() ? mark.requestId() : mark.runId()),
                        mark));
        return newest.values();
    }
}
