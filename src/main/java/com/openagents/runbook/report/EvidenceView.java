package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Evidence;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of evidence as the page shows it.
 *
 * @param whole false if the same was shown above
 * @param tall one thing with many columns, which reads better downwards
 * @param more how many rows only the record holds; empty if none
 */
record EvidenceView(
        int number,
        boolean whole,
        String title,
        String system,
        String asked,
        String held,
        String at,
        String context,
        String hash,
        List<String> columns,
        List<Row> rows,
        int size,
        boolean tall,
        boolean wide,
        boolean folded,
        String more,
        PlotView plot) {
    private static final int LONGEST_CELL = 2_000;
    private static final int UNFOLDED_ROWS = 8;
    private static final int UNFOLDED_CHARS = 1_200;
    private static final int MANY_COLUMNS = 5;
    private static final int SHORT_HASH = 12;

    record Row(String head, List<String> cells) {}

    static EvidenceView of(int number, boolean first, EvidenceRef ref, Evidence evidence, int most) {
        var columns = columns(evidence.seen());
        boolean tall = evidence.seen().size() == 1 && columns.size() > MANY_COLUMNS;
        var rows = !first ? List.<Row>of() : tall ? downwards(evidence.seen().get(0)) : across(columns, evidence, most);
        int chars = rows.stream()
                .flatMap(row -> row.cells().stream())
                .mapToInt(String::length)
                .sum();
        int hidden = Math.max(0, evidence.seen().size() - most);
        return new EvidenceView(
                number,
                first,
                evidence.title(),
                evidence.system(),
                evidence.asked(),
                evidence.threshold(),
                Times.clock(evidence.at()),
                ref.context().entrySet().stream()
                        .map(fact -> fact.getKey() + " " + fact.getValue())
                        .collect(Collectors.joining(", ")),
                ref.sha256().substring(0, SHORT_HASH),
                tall ? List.of() : columns,
                rows,
                evidence.seen().size(),
                tall,
                !tall && columns.size() > MANY_COLUMNS,
                rows.size() > UNFOLDED_ROWS + (tall ? UNFOLDED_ROWS : 0) || chars > UNFOLDED_CHARS,
                hidden == 0 ? "" : Integer.toString(hidden),
                first && evidence.plot() != null ? new PlotView(evidence.plot()) : null);
    }

    boolean empty() {
        return size == 0;
    }

    String rowCount() {
        return size == 1 ? "1 row" : size + " rows";
    }

    private static List<String> columns(Collection<Map<String, String>> rows) {
        var columns = new LinkedHashSet<String>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        return List.copyOf(columns);
    }

    private static List<Row> across(List<String> columns, Evidence evidence, int most) {
        return evidence.seen().stream()
                .limit(most)
                .map(row -> new Row(
                        "",
                        columns.stream()
                                .map(column -> cell(row.getOrDefault(column, "")))
                                .toList()))
                .toList();
    }

    private static List<Row> downwards(Map<String, String> row) {
        return row.entrySet().stream()
                .flatMap(cell -> Stream.of(new Row(cell.getKey(), List.of(cell(cell.getValue())))))
                .toList();
    }

    private static String cell(String value) {
        return value.length() <= LONGEST_CELL
                ? value
                : value.substring(0, LONGEST_CELL) + " … (" + (value.length() - LONGEST_CELL)
                        + " more characters in the record)";
    }
}
