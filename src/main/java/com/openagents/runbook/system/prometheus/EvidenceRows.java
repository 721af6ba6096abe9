package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Prometheus answers, as rows of evidence. */
final class EvidenceRows {
    private static final int MOST_SERIES = 20;

    private EvidenceRows() {}

    static List<Map<String, String>> of(QueryAnswer result) {
        return result.problem().isEmpty()
                ? result.series().stream()
                        .limit(MOST_SERIES)
                        .map(EvidenceRows::of)
                        .toList()
                : List.of(Map.of("problem", result.problem()));
    }

    static Map<String, String> of(AlertRule rule) {
        return of(
                "alert", rule.name(),
                "query", rule.query(),
                "for", rule.holdsFor().toString(),
                "severity", rule.severity(),
                "health", rule.health(),
                "last error", rule.lastError(),
                "state", rule.state(),
                "since", since(rule),
                "runbook", rule.annotations().getOrDefault("runbook", ""));
    }

    private static String since(AlertRule rule) {
        return rule.active().stream()
                .map(ActiveAlert::since)
                .min(Instant::compareTo)
                .map(Instant::toString)
                .orElse("");
    }

    static Map<String, String> of(Target target) {
        return of(
                "job", target.job(),
                "target", target.name(),
                "url", target.url(),
                "health", target.health(),
                "last error", target.lastError(),
                "last scrape", target.lastScrape().toString());
    }

    static Map<String, String> of(Series series) {
        return of(
                "series",
                series.name(),
                "points",
                String.valueOf(series.points().size()),
                "last",
                String.valueOf(series.last()));
    }

    static Map<String, String> of(String... cells) {
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
        return row;
    }
}
