package com.openagents.runbook.system.prometheus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An alert rule as Prometheus evaluates it.
 *
 * @param holdsFor how long the condition must hold before the alert fires
 * @param health {@code ok}, {@code err} or {@code unknown}
 * @param lastError why the last evaluation failed, empty if it did not
 * @param state {@code inactive}, {@code pending} or {@code firing}
 */
public record AlertRule(
        String name,
        String group,
        String query,
        Duration holdsFor,
        Map<String, String> labels,
        Map<String, String> annotations,
        String health,
        String lastError,
        String state,
        List<ActiveAlert> active) {
    private static final Pattern LAST_COMPARISON =
            Pattern.compile("(?s)(.*?)([<>]=?)\\s*(-?[0-9.]+(?:e[+-]?[0-9]+)?)\\s*");

    private static final Pattern INNERMOST = Pattern.compile("\\([^()]*\\)|\\{[^{}]*\\}");
    private static final Pattern JOINED = Pattern.compile("(?i)\\b(?:and|or|unless)\\b|[<>!=]=?");

    public AlertRule {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        active = List.copyOf(active);
    }

    public String severity() {
        return labels.getOrDefault("severity", "");
    }

    /** The query that tells what is behind the alert, from the annotation of that name; empty if the rule has none. */
    public Optional<String> breakdown() {
        return Optional.ofNullable(annotations.get("breakdown")).filter(query -> !query.isBlank());
    }

    public boolean fires() {
        return "firing".equals(state);
    }

    /** Where the condition turns, for example {@code > 5000}; empty if the query does not end with a comparison. */
    public Optional<Threshold> threshold() {
        var found = LAST_COMPARISON.matcher(query);
        return found.matches()
                ? Optional.of(new Threshold(found.group(2), Double.parseDouble(found.group(3))))
                : Optional.empty();
    }

    /**
     * What is held against the threshold; empty where several conditions are joined, for then no single number turns the
     * alert.
     */
    public Optional<String> signal() {
        var found = LAST_COMPARISON.matcher(query);
        if (!found.matches()) {
            return Optional.empty();
        }
        var signal = found.group(1).strip();
        return Optional.of(signal)
                .filter(left -> !JOINED.matcher(withoutBrackets(left)).find());
    }

    private static String withoutBrackets(String query) {
        var outer = INNERMOST.matcher(query).replaceAll("");
        return outer.equals(query) ? outer : withoutBrackets(outer);
    }
}
