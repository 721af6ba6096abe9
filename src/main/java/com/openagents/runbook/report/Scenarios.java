package com.openagents.runbook.report;

import io.cucumber.messages.types.PickleDocString;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleStepArgument;
import io.cucumber.messages.types.PickleTable;
import io.cucumber.messages.types.PickleTableCell;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.TestStepResult;
import io.cucumber.messages.types.TestStepResultStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes results of what the messages said about each scenario. */
final class Scenarios {
    private final Features features;
    private final Judge judge;
    private final Map<String, String> texts = new HashMap<>();

    Scenarios(Features features, boolean plan) {
        this.features = features;
        this.judge = new Judge(plan);
    }

    /** One result for each scenario; of several attempts the worst one counts, so that a flaky pass is not a pass. */
    Map<Features.Heading, List<ScenarioResult>> of(List<CaseLog> logs) {
        var byPickle = new LinkedHashMap<String, ScenarioResult>();
        var headings = new HashMap<String, Features.Heading>();
        for (var log : logs) {
            headings.put(log.pickle().getId(), features.heading(log.pickle()));
            byPickle.merge(log.pickle().getId(), result(log), Scenarios::worse);
        }
        var results = new LinkedHashMap<Features.Heading, List<ScenarioResult>>();
        byPickle.forEach((id, result) -> results.computeIfAbsent(headings.get(id), own -> new ArrayList<>())
                .add(result));
        return results;
    }

    private static ScenarioResult worse(ScenarioResult one, ScenarioResult other) {
        return other.verdict().compareTo(one.verdict()) < 0 ? other : one;
    }

    private ScenarioResult result(CaseLog log) {
        var pickle = log.pickle();
        var tags = pickle.getTags().stream()
                .map(PickleTag::getName)
                .map(this::once)
                .distinct()
                .toList();
        var steps = steps(log);
        var judgement = judge.judge(log, steps);
        var severities = after("@severity:", tags);
        var end = log.ended()
                .or(() -> log.steps().stream()
                        .map(CaseLog.StepLog::finished)
                        .filter(Objects::nonNull)
                        .reduce((first, second) -> second));
        return new ScenarioResult(
                "",
                features.heading(pickle).section(),
                pickle.getName(),
                features.description(pickle),
                once(Features.shortUri(pickle.getUri())),
                features.line(pickle),
                tags,
                severities.isEmpty() ? "" : severities.get(severities.size() - 1),
                List.of(),
                after("@statement:", tags),
                judgement.verdict(),
                judgement.reason(),
                Optional.empty(),
                judgement.failures(),
                steps.stream().filter(Scenarios::worthShowing).toList(),
                log.started(),
                log.started()
                        .flatMap(from -> end.map(to -> Duration.between(from, to)))
                        .orElse(Duration.ZERO));
    }

    private List<String> after(String prefix, List<String> tags) {
        return tags.stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> once(tag.substring(prefix.length())))
                .toList();
    }

    private List<StepResult> steps(CaseLog log) {
        var own = new HashMap<String, PickleStep>();
        log.pickle().getSteps().forEach(step -> own.put(step.getId(), step));
        var steps = new ArrayList<StepResult>(log.steps().size());
        boolean afterFirst = false;
        for (var step : log.steps()) {
            var source = own.get(step.pickleStepId());
            if (source == null) {
                steps.add(step(step, afterFirst ? "After" : "Before", features.hook(step.hookId()), List.of(), ""));
            } else {
                afterFirst = true;
                var argument = source.getArgument();
                var table = argument.flatMap(PickleStepArgument::getDataTable).map(this::rows);
                var text = argument.flatMap(PickleStepArgument::getDocString).map(PickleDocString::getContent);
                steps.add(step(
                        step,
                        features.keyword(source.getAstNodeIds()),
                        source.getText(),
                        table.orElse(List.of()),
                        text.orElse("")));
            }
        }
        return steps;
    }

    private StepResult step(CaseLog.StepLog log, String keyword, String name, List<List<String>> table, String text) {
        var result = log.result();
        return new StepResult(
                keyword,
                once(name),
                table,
                once(text),
                result.map(TestStepResult::getStatus).orElse(TestStepResultStatus.UNKNOWN),
                result.map(TestStepResult::getDuration)
                        .map(took -> Duration.ofSeconds(took.getSeconds(), took.getNanos()))
                        .orElse(Duration.ZERO),
                result.map(CaseLog::message).map(this::once).orElse(""),
                log.evidence(),
                log.afterwards());
    }

    /** Hooks are of interest only if they saw or broke something. */
    private static boolean worthShowing(StepResult step) {
        boolean hook = step.keyword().equals("Before") || step.keyword().equals("After");
        return !hook
                || !step.evidence().isEmpty()
                || (!step.passed() && !step.message().isEmpty());
    }

    private List<List<String>> rows(PickleTable table) {
        return table.getRows().stream()
                .map(row -> row.getCells().stream()
                        .map(PickleTableCell::getValue)
                        .map(this::once)
                        .toList())
                .toList();
    }

    /** The same text again and again is kept once. */
    private String once(String text) {
        return texts.computeIfAbsent(text, own -> own);
    }
}
