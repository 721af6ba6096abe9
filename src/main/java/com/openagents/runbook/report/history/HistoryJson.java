package com.openagents.runbook.report.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.report.Verdict;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Earlier runs as JSON: each a line of its own in a file, and all together, each scenario named once, in a record. */
final class HistoryJson {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private HistoryJson() {}

    static String line(PastRun run) {
        var json = head(run);
        var results = json.putArray("results");
        for (var result : run.results()) {
            var own = results.addObject()
                    .put("id", result.id())
                    .put("verdict", result.verdict().word())
                    .put("ms", result.took().toMillis());
            if (result.unchecked()) {
                own.put("unchecked", true);
            }
        }
        return json.toString();
    }

    /** @throws IllegalArgumentException if it is not such a line */
    static PastRun run(String line) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        if (json.path("version").asInt() != VERSION || !json.path("results").isArray()) {
            throw new IllegalArgumentException("not a run of this version");
        }
        var results = new ArrayList<PastResult>();
        json.path("results")
                .forEach(result -> results.add(new PastResult(
                        text(result, "id"),
                        verdict(text(result, "verdict")),
                        millis(result.path("ms")),
                        result.path("unchecked").asBoolean())));
        return run(json, results);
    }

    /** One object; a scenario has its verdicts and milliseconds in the order of the runs, null where it was not selected. */
    static JsonNode record(EarlierRuns earlier) {
        var runs = earlier.runs();
        var json = JSON.createObjectNode().put("note", earlier.note());
        json.putArray("runs").addAll(runs.stream().map(HistoryJson::head).toList());
        var scenarios = json.putObject("scenarios");
        for (int i = 0; i < runs.size(); i++) {
            for (var result : runs.get(i).results()) {
                var scenario = scenarios.withObjectProperty(result.id());
                set(scenario.withArrayProperty("verdicts"), i)
                        .add(result.verdict().word());
                set(scenario.withArrayProperty("ms"), i).add(result.took().toMillis());
                if (result.unchecked()) {
                    set(scenario.withArrayProperty("unchecked"), i).add(true);
                }
            }
        }
        return json;
    }

    private static ArrayNode set(ArrayNode column, int upTo) {
        while (column.size() < upTo) {
            column.addNull();
        }
        return column;
    }

    /** @throws IllegalArgumentException if it is not such an object */
    static EarlierRuns earlier(JsonNode json) {
        var heads = new ArrayList<JsonNode>();
        json.path("runs").forEach(heads::add);
        var runs = new ArrayList<PastRun>();
        for (int i = 0; i < heads.size(); i++) {
            var own = new ArrayList<PastResult>();
            for (var scenario : json.path("scenarios").properties()) {
                var verdict = scenario.getValue().path("verdicts").path(i);
                if (verdict.isTextual()) {
                    own.add(new PastResult(
                            scenario.getKey(),
                            verdict(verdict.asText()),
                            millis(scenario.getValue().path("ms").path(i)),
                            scenario.getValue().path("unchecked").path(i).asBoolean()));
                }
            }
            runs.add(run(heads.get(i), own));
        }
        return new EarlierRuns(runs, json.path("note").asText());
    }

    private static ObjectNode head(PastRun run) {
        return JSON.createObjectNode()
                .put("version", VERSION)
                .put("run", run.runId())
                .put("environment", run.environment())
                .put("started", run.started().toString())
                .put("verdict", run.verdict().word())
                .put("ms", run.took().toMillis())
                .put("suite", run.suiteVersion());
    }

    private static PastRun run(JsonNode head, List<PastResult> results) {
        try {
            return new PastRun(
                    text(head, "run"),
                    text(head, "environment"),
                    Instant.parse(text(head, "started")),
                    word(RunVerdict.values(), RunVerdict::word, text(head, "verdict")),
                    millis(head.path("ms")),
                    text(head, "suite"),
                    results);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time", e);
        }
    }

    private static Verdict verdict(String word) {
        return word(Verdict.values(), Verdict::word, word);
    }

    private static <T> T word(T[] known, Function<T, String> word, String text) {
        return Arrays.stream(known)
                .filter(one -> word.apply(one).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no verdict"));
    }

    private static String text(JsonNode json, String name) {
        if (!json.path(name).isTextual()) {
            throw new IllegalArgumentException("no " + name);
        }
        return json.path(name).asText();
    }

    private static Duration millis(JsonNode number) {
        if (!number.isIntegralNumber() || number.asLong() < 0) {
            throw new IllegalArgumentException("no duration");
        }
        return Duration.ofMillis(number.asLong());
    }
}
