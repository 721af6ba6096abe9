package com.openagents.runbook.system.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the JSON of Prometheus' API into records. */
final class Answers {
    private Answers() {}

    static AlertRules rules(Answer answer, Instant watchedSince) {
        var rules = items(data(answer).path("groups"))
                .flatMap(group -> items(group.path("rules"))
                        .filter(rule -> "alerting".equals(rule.path("type").asText()))
                        .map(rule -> rule(group.path("name").asText(), rule)))
                .toList();
        return new AlertRules(rules, Map.of(), watchedSince, answer.at(), answer.command());
    }

    private static AlertRule rule(String group, JsonNode rule) {
        return new AlertRule(
                rule.path("name").asText(),
                group,
                rule.path("query").asText(),
                Duration.ofMillis(Math.round(rule.path("duration").asDouble() * 1000)),
                JsonText.texts(rule.path("labels")),
                JsonText.texts(rule.path("annotations")),
                rule.path("health").asText(),
                rule.path("lastError").asText(),
                rule.path("state").asText(),
                items(rule.path("alerts")).map(Answers::alert).toList());
    }

    private static ActiveAlert alert(JsonNode alert) {
        return new ActiveAlert(
                JsonText.texts(alert.path("labels")),
                alert.path("state").asText(),
                instant(alert.path("activeAt")),
                alert.path("value").asText());
    }

    static Targets targets(Answer answer) {
        var targets = items(data(answer).path("activeTargets"))
                .map(target -> new Target(
                        target.path("scrapeUrl").asText(),
                        JsonText.texts(target.path("labels")),
                        target.path("health").asText(),
                        target.path("lastError").asText(),
                        instant(target.path("lastScrape"))))
                .toList();
        return new Targets(targets, answer.at(), answer.command());
    }

    static QueryAnswer query(String query, Answer answer) {
        var data = data(answer);
        boolean scalar = "scalar".equals(data.path("resultType").asText());
        var series = scalar
                ? List.of(new Series(Map.of(), List.of(point(data.path("result")))))
                : items(data.path("result")).map(Answers::series).toList();
        var problem = answer.status() == 200 ? "" : answer.part("error").orElseGet(answer::words);
        return new QueryAnswer(query, series, problem, answer.at(), answer.command());
    }

    private static Series series(JsonNode series) {
        var points = series.has("values")
                ? items(series.path("values")).map(Answers::point)
                : Stream.of(point(series.path("value")));
        return new Series(JsonText.texts(series.path("metric")), points.toList());
    }

    private static Series.Point point(JsonNode pair) {
        var at = Instant.ofEpochMilli(Math.round(pair.path(0).asDouble() * 1000));
        return new Series.Point(at, number(pair.path(1).asText()));
    }

    /** Prometheus writes infinity in its own way. */
    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    static List<String> texts(Answer answer) {
        return items(data(answer)).map(JsonNode::asText).toList();
    }

    static JsonNode data(Answer answer) {
        return JsonText.read(answer.body()).path("data");
    }

    static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Instant instant(JsonNode text) {
        return text.asText().isEmpty()
                ? Instant.EPOCH
                : OffsetDateTime.parse(text.asText()).toInstant();
    }
}
