package com.openagents.runbook.system.prometheus;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.HttpCall;
import com.openagents.runbook.system.http.HttpCaller;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Asks a Prometheus by its HTTP API. What it answers is put down as evidence; one that does not answer, or refuses, is
 * {@link CouldNotCheck}.
 */
public final class PrometheusSystem {
    private static final String SYSTEM = "prometheus";

    private final PrometheusAccess access;
    private final EvidenceLog evidence;

    public PrometheusSystem(PrometheusAccess access, EvidenceLog evidence) {
        this.access = access;
        this.evidence = evidence;
    }

    /** @param heldAgainst what the answer is held against, in words, for the evidence */
    public AlertRules rules(String heldAgainst) {
        var answer = ask("/api/v1/rules?type=alert");
        var rules = Answers.rules(answer, startedAt());
        saw("Alert rules", answer, rules.rules().stream().map(EvidenceRows::of).toList(), heldAgainst);
        return rules;
    }

    /**
     * The same rules, and for those that fire what is behind them.
     *
     * @param loaded as they were read
     * @param asked the names of those that are judged
     */
    public AlertRules withCauses(AlertRules loaded, Collection<String> asked) {
        var answers = new HashMap<String, QueryAnswer>();
        loaded.rules().stream()
                .filter(rule -> rule.fires() && asked.contains(rule.name()))
                .forEach(rule -> rule.breakdown().ifPresent(query -> {
                    try {
                        answers.put(rule.name(), query(query, "what is behind " + rule.name()));
                    } catch (CouldNotCheck noAnswer) {
                        // That the alert fires is the finding, with its cause or without.
                    }
                }));
        return loaded.behind(answers);
    }

    /** @param heldAgainst as for {@link #rules} */
    public Targets targets(String heldAgainst) {
        var answer = ask("/api/v1/targets?state=active");
        var targets = Answers.targets(answer);
        saw(
                "Scrape targets",
                answer,
                targets.targets().stream().map(EvidenceRows::of).toList(),
                heldAgainst);
        return targets;
    }

    /**
     * What a query gives now.
     *
     * @param heldAgainst as for {@link #rules}
     */
    public QueryAnswer query(String query, String heldAgainst) {
        var answer = askQuery("/api/v1/query?query=" + encoded(query));
        return saw(query, answer, heldAgainst);
    }

    /**
     * Puts down how the signal of an alert went until the verdict. It is a picture beside the check and no part of it: one
     * that cannot be had is said in the evidence and hides no finding.
     */
    public void plot(AlertRule rule, Instant until, Duration window) {
        rule.signal().ifPresent(signal -> {
            var plot = new SignalPlot(rule, until, window);
            try {
                var answer = askQuery("/api/v1/query_range?query=" + encoded(signal) + "&start=" + seconds(plot.from())
                        + "&end=" + seconds(until) + "&step=" + plot.step().toMillis() / 1000.0);
                var result = Answers.query(signal, answer);
                saw(plot, answer.command(), EvidenceRows.of(result), result.series());
            } catch (CouldNotCheck noAnswer) {
                saw(plot, signal, List.of(Map.of("problem", noAnswer.getMessage())), List.of());
            }
        });
    }

    private void saw(SignalPlot plot, String asked, List<Map<String, String>> rows, List<Series> series) {
        var context = Map.of("server", access.base().toString());
        evidence.saw(new Evidence(
                plot.title(), SYSTEM, asked, rows, plot.heldAgainst(), plot.until(), context, plot.of(series)));
    }

    /** Each metric with the labels that its series have, as far back as this Prometheus looks for them. */
    public List<WatchedMetric> metrics(Collection<String> names, String heldAgainst) {
        var found = names.stream().distinct().map(this::metric).toList();
        var rows = found.stream()
                .<Map<String, String>>map(metric -> EvidenceRows.of(
                        "metric", metric.name(), "labels", String.join(", ", new TreeSet<>(metric.labels()))))
                .toList();
        var labels = "curl -sS '" + access.base() + "/api/v1/labels?match[]=METRIC'";
        saw("Metrics in the running system", labels, Instant.now(), rows, heldAgainst);
        return found;
    }

    private WatchedMetric metric(String name) {
        var answer = ask("/api/v1/labels?match[]=" + encoded(name));
        var labels = new TreeSet<>(Answers.texts(answer));
        labels.remove("__name__");
        // A series without any label of its own still has the name.
        var seen = Answers.texts(answer).isEmpty() || !labels.isEmpty() ? labels : new TreeSet<>(List.of("__name__"));
        return new WatchedMetric(name, seen, answer.command());
    }

    /** Where this Prometheus hands its alerts. */
    public Receivers receivers(String heldAgainst) {
        var answer = ask("/api/v1/alertmanagers");
        var urls = Answers.items(Answers.data(answer).path("activeAlertmanagers"))
                .map(one -> one.path("url").asText())
                .toList();
        var rows = urls.stream()
                .<Map<String, String>>map(url -> Map.of("url", url))
                .toList();
        saw("Alertmanagers that Prometheus hands its alerts to", answer, rows, heldAgainst);
        return new Receivers(urls, answer.at(), answer.command());
    }

    public Identity identity() {
        return new Identity(SYSTEM, Map.of("server", access.base().toString(), "version", version()));
    }

    private Instant startedAt() {
        var answer = ask("/api/v1/status/runtimeinfo");
        try {
            return Instant.parse(answer.part("data.startTime").orElse(""));
        } catch (DateTimeParseException unknown) {
            throw new CouldNotCheck(
                    "prometheus does not tell since when it runs, so nobody knows whether its alerts could"
                            + " have fired yet. Ask it by hand:\n" + answer.command());
        }
    }

    private String version() {
        try {
            var answer = ask("/api/v1/status/buildinfo");
            return answer.part("data.version").orElseGet(() -> Identity.unknown(answer.words()));
        } catch (CouldNotCheck noAnswer) {
            return Identity.unknown("no answer");
        }
    }

    /** The answer, if it is a good one. */
    private Answer ask(String path) {
        var answer = send(path);
        if (answer.status() != 200) {
            throw refused(answer);
        }
        return answer;
    }

    /** The answer, which may also say that the query is wrong. */
    private Answer askQuery(String path) {
        var answer = send(path);
        if (answer.status() != 200 && answer.part("errorType").isEmpty()) {
            throw refused(answer);
        }
        return answer;
    }

    private static CouldNotCheck refused(Answer answer) {
        return new CouldNotCheck("prometheus answers " + answer.asked() + " with "
                + answer.part("error")
                        .map(error -> answer.status() + ": " + error)
                        .orElseGet(answer::words)
                + ". Ask it by hand:\n" + answer.command());
    }

    private Answer send(String path) {
        var credential = access.token()
                .map(token -> new HttpCall.Credential("authorization", "Bearer " + token.get(), "Bearer $TOKEN"));
        var uri = URI.create(access.base().toString().replaceAll("/+$", "") + path.replace("[]", "%5B%5D"));
        return new HttpCaller(SYSTEM, access.patience())
                .ask(new HttpCall("GET", uri, Map.of(), credential, Optional.empty(), ""));
    }

    private QueryAnswer saw(String query, Answer answer, String heldAgainst) {
        var result = Answers.query(query, answer);
        saw("Answer to " + query, answer, EvidenceRows.of(result), heldAgainst);
        return result;
    }

    private void saw(String title, Answer answer, List<Map<String, String>> rows, String heldAgainst) {
        saw(title, answer.command(), answer.at(), rows, heldAgainst);
    }

    private void saw(String title, String asked, Instant at, List<Map<String, String>> rows, String heldAgainst) {
        var context = Map.of("server", access.base().toString());
        evidence.saw(new Evidence(title, SYSTEM, asked, rows, heldAgainst, at, context));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }
}
