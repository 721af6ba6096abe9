package com.openagents.runbook.system.database;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the runtime's tables say of a window of time.
 *
 * @param answers from question to rows; a question that was refused is in {@code refused}
 * @param refused from question to the reason why it has no answer
 * @param commands the commands that ask the same by hand
 */
public record Activity(
        String database,
        Map<ActivityQuestion, List<Map<String, String>>> answers,
        Map<ActivityQuestion, String> refused,
        Map<ActivityQuestion, String> commands) {

    public List<Map<String, String>> rows(ActivityQuestion question) {
        return Optional.ofNullable(answers.get(question)).orElse(List.of());
    }

    /** The sum of a column of numbers over the rows whose other column has one of these values; all rows if none is given. */
    public long sum(ActivityQuestion question, String column, String where, List<String> values) {
        return rows(question).stream()
                .filter(row -> values.isEmpty() || values.contains(row.get(where)))
                .mapToLong(row -> row.get(column).isEmpty() ? 0 : Long.parseLong(row.get(column)))
                .sum();
    }

    public long sum(ActivityQuestion question, String column) {
        return sum(question, column, "", List.of());
    }
}
