package com.openagents.runbook.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Text in columns. */
final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(heads);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    /** The rows alone. */
    String withoutHeads() {
        return text(rows.subList(1, rows.size()));
    }

    @Override
    public String toString() {
        return text(rows);
    }

    private static String text(List<String[]> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        int columns = rows.get(0).length;
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row[column].length())
                        .max()
                        .orElse(0))
                .toArray();
        var text = new StringBuilder();
        for (var row : rows) {
            for (int column = 0; column < columns - 1; column++) {
                text.append(row[column])
                        .append(" ".repeat(widths[column] - row[column].length()))
                        .append(GAP);
            }
            text.append(row[columns - 1]).append('\n');
        }
        return text.toString();
    }
}
