package com.openagents.runbook.system.database;

import com.openagents.runbook.system.database.Causes.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the rows of incident questions; a row without a cause says only how much was looked at. */
final class CauseRows {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private CauseRows() {}

    static Causes read(IncidentQuestion question, Duration window, List<Map<String, String>> rows, String command) {
        var causes = rows.stream()
                .filter(row -> !row.get("times").isEmpty())
                .map(CauseRows::cause)
                .toList();
        var first = rows.get(0);
        long total = causes.isEmpty() ? 0 : Long.parseLong(first.get("total"));
        return new Causes(
                question, window, Long.parseLong(first.get("population")), total, causes, Instant.now(), command);
    }

    private static Cause cause(Map<String, String> row) {
        return new Cause(
                row.get("cause"),
                Long.parseLong(row.get("times")),
                LocalDateTime.parse(row.get("since"), TIME).toInstant(ZoneOffset.UTC),
                row.get("example"));
    }

    static TopicRetention topic(Map<String, String> row) {
        var oldest =
                row.get("oldest").isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(row.get("oldest")));
        return new TopicRetention(row.get("topic"), Long.parseLong(row.get("head")), oldest);
    }
}
