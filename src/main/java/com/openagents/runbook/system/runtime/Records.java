package com.openagents.runbook.system.runtime;

import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Excerpt;
import com.openagents.runbook.system.http.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts down what the runtime answered and streamed. */
record Records(EvidenceLog evidence, Map<String, String> context, String heldAgainst) {
    private static final String SYSTEM = "runtime";
    private static final int LONGEST_BODY = 500;
    /** A longer stream is shown by its beginning and its end. */
    private static final int MOST_ROWS = 40;

    /** Answers to one question, asked once or more. */
    void saw(List<Answer> answers) {
        var last = answers.get(answers.size() - 1);
        var rows = answers.stream().map(Records::row).toList();
        var more = new LinkedHashMap<>(context);
        last.requestId().ifPresent(id -> more.put("request id", id));
        evidence.saw(new Evidence(
                "Answer of the runtime to " + path(last.asked()),
                SYSTEM,
                last.command(),
                rows,
                heldAgainst,
                last.at(),
                more));
    }

    void saw(StreamReading reading) {
        var rows = shown(
                reading.events().stream().<Map<String, String>>map(Records::row).toList());
        var more = new LinkedHashMap<>(context);
        more.put("answer", reading.opening().words());
        more.put("ending", reading.ending().words());
        more.put("events", String.valueOf(reading.events().size()));
        more.put("lasted", reading.lasted().toMillis() + " ms");
        reading.opening().requestId().ifPresent(id -> more.put("request id", id));
        evidence.saw(new Evidence(
                "Events of " + path(reading.opening().asked()),
                SYSTEM,
                reading.opening().command(),
                rows,
                heldAgainst,
                reading.opening().at().plus(reading.lasted()),
                more));
    }

    void saw(PodMetrics metrics) {
        var rows = metrics.samples().stream()
                .map(sample -> {
                    Map<String, String> row = new LinkedHashMap<>();
                    row.put("pod", sample.pod());
                    row.put("labels", sample.labels().toString());
                    row.put("value", String.valueOf(sample.value()));
                    return row;
                })
                .toList();
        evidence.saw(new Evidence(
                "Metric " + metrics.name() + " of every pod",
                SYSTEM,
                metrics.command(),
                rows,
                heldAgainst,
                metrics.at(),
                context));
    }

    private static Map<String, String> row(Answer answer) {
        var row = new LinkedHashMap<String, String>();
        row.put("status", String.valueOf(answer.status()));
        row.put("code", answer.code());
        row.put("message", answer.message());
        row.put("took", answer.took().toMillis() + " ms");
        row.put("body", shortened(answer.body()));
        return row;
    }

    private static Map<String, String> row(StreamEvent event) {
        var row = new LinkedHashMap<String, String>();
        row.put("id", event.id());
        row.put("event", event.event());
        row.put("came at", event.at().toString());
        row.put("data", shortened(event.data()));
        return row;
    }

    private static List<Map<String, String>> shown(List<Map<String, String>> rows) {
        if (rows.size() <= MOST_ROWS) {
            return rows;
        }
        int half = MOST_ROWS / 2;
        var left = "… " + (rows.size() - 2 * half) + " more";
        Map<String, String> gap = new LinkedHashMap<>();
        rows.get(0).keySet().forEach(column -> gap.put(column, column.equals("data") ? left : "…"));
        return Stream.of(
                        rows.subList(0, half).stream(),
                        Stream.of(gap),
                        rows.subList(rows.size() - half, rows.size()).stream())
                .flatMap(some -> some)
                .toList();
    }

    private static String path(String line) {
        return line.split("\\?", 2)[0];
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_BODY ? text : Excerpt.of(text, LONGEST_BODY) + "…";
    }
}
