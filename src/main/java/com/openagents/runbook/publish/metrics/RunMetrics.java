package com.openagents.runbook.publish.metrics;

import com.openagents.runbook.publish.metrics.Metric.Series;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Section;
import com.openagents.runbook.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run says, as numbers. A verdict has a series for each word; that of the word that holds is 1. */
final class RunMetrics {
    private final Run run;

    private RunMetrics(Run run) {
        this.run = run;
    }

    static List<Metric> of(Run run) {
        return new RunMetrics(run).all();
    }

    private List<Metric> all() {
        var all = new ArrayList<Metric>();
        add(
                all,
                "runbook_build_info",
                "The version of the suite that ran.",
                List.of(one(1, "version", run.facts().suiteVersion())));
        add(all, "runbook_run_verdict", "Whether the newest run came to this verdict.", runVerdicts());
        time(all, "runbook_run_start_timestamp", "When the newest run began, in Unix time.", run.started());
        time(all, "runbook_run_end_timestamp", "When the newest run ended, in Unix time.", run.ended());
        time(
                all,
                "runbook_run_last_success_timestamp",
                "When the newest run that passed began, in Unix time.",
                lastSuccess());
        seconds(all, "runbook_run_duration", "How long the newest run took.", List.of(one(seconds(run.took()))));
        add(all, "runbook_section_verdict", "Whether this is the worst verdict within the section.", sectionVerdicts());
        add(all, "runbook_section_scenarios", "How many scenarios of the section have this verdict.", counts());
        add(all, "runbook_findings", "How many findings there are that nobody waived.", findings());
        add(all, "runbook_scenario_verdict", "Whether the scenario came to this verdict.", scenarioVerdicts());
        seconds(all, "runbook_scenario_duration", "How long the scenario took.", durations());
        return all;
    }

    private List<Series> runVerdicts() {
        return Arrays.stream(RunVerdict.values())
                .map(verdict -> one(run.verdict() == verdict ? 1 : 0, "verdict", verdict.word()))
                .toList();
    }

    /** Of this run or, as far as they are remembered, of the runs before it. */
    private Optional<Instant> lastSuccess() {
        return run.verdict() == RunVerdict.PASSED
                ? run.started()
                : run.earlier().runs().stream()
                        .filter(past -> past.verdict() == RunVerdict.PASSED)
                        .map(past -> past.started())
                        .findFirst();
    }

    private Stream<Section> sections() {
        return run.sections().stream().filter(section -> !section.scenarios().isEmpty());
    }

    private List<Series> sectionVerdicts() {
        return sections()
                .flatMap(section -> Arrays.stream(Verdict.values())
                        .map(verdict -> one(
                                worst(section) == verdict ? 1 : 0, "section", section.id(), "verdict", verdict.word())))
                .toList();
    }

    /** Verdicts are declared the worst first. */
    private static Verdict worst(Section section) {
        return section.scenarios().stream()
                .map(ScenarioResult::verdict)
                .min(Verdict::compareTo)
                .orElseThrow();
    }

    private List<Series> counts() {
        return sections()
                .flatMap(section -> Arrays.stream(Verdict.values())
                        .map(verdict ->
                                one(section.tally().of(verdict), "section", section.id(), "verdict", verdict.word())))
                .toList();
    }

    private List<Series> findings() {
        var findings = new LinkedHashMap<Map<String, String>, Integer>();
        for (var scenario : run.scenarios()) {
            int found =
                    scenario.verdict() == Verdict.FAILED ? scenario.failures().size() : 0;
            findings.merge(labels("section", scenario.section(), "severity", scenario.severity()), found, Integer::sum);
        }
        return findings.entrySet().stream()
                .map(entry -> new Series(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<Series> scenarioVerdicts() {
        return run.scenarios().stream()
                .flatMap(scenario -> Arrays.stream(Verdict.values())
                        .map(verdict -> of(scenario, scenario.verdict() == verdict ? 1 : 0, "verdict", verdict.word())))
                .toList();
    }

    private List<Series> durations() {
        return run.scenarios().stream()
                .map(scenario -> of(scenario, seconds(scenario.took())))
                .toList();
    }

    private Series of(ScenarioResult scenario, double value, String... more) {
        var labels = labels("section", scenario.section(), "scenario", scenario.id(), "severity", scenario.severity());
        labels.putAll(pairs(more));
        return new Series(labels, value);
    }

    private Series one(double value, String... namesAndValues) {
        return new Series(labels(namesAndValues), value);
    }

    private Map<String, String> labels(String... namesAndValues) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("environment", run.facts().environment());
        labels.put("namespace", run.facts().namespace());
        labels.putAll(pairs(namesAndValues));
        return labels;
    }

    private static Map<String, String> pairs(String... namesAndValues) {
        var pairs = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return pairs;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void time(List<Metric> all, String name, String help, Optional<Instant> time) {
        time.ifPresent(at -> seconds(all, name, help, List.of(one(at.toEpochMilli() / 1000.0))));
    }

    private static void add(List<Metric> all, String name, String help, List<Series> series) {
        all.add(new Metric(name, false, help, series));
    }

    private static void seconds(List<Metric> all, String name, String help, List<Series> series) {
        all.add(new Metric(name, true, help, series));
    }
}
