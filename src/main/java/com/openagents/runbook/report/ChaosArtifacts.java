package com.openagents.runbook.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The restart and reconnect drills of a run in the files that the runbook names (contract 14): {@code results.jsonl}, here with
 * one object on each line, {@code summary.json}, {@code SUMMARY.md} and a log for each case. What did not pass, for whatever
 * reason, blocks a promotion.
 */
final class ChaosArtifacts {
    static final String FOLDER = "restart-reconnect-chaos";

    private static final String HARNESS = "oa.runtime_restart_reconnect_chaos.v1";
    private static final String CHAOS = "@chaos";
    private static final String CASE = "@drill:";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ObjectMapper LINE = JsonMapper.builder().build();
    private static final Pattern NO_FILE_NAME = Pattern.compile("[^A-Za-z0-9_-]");

    private ChaosArtifacts() {}

    /** Writes the folder if the run made such drills; a plan made none. */
    static void write(Run run, Path runFolder) throws IOException {
        var drills = run.scenarios().stream()
                .filter(scenario -> scenario.tags().contains(CHAOS) && scenario.verdict() != Verdict.PLANNED)
                .toList();
        if (drills.isEmpty()) {
            return;
        }
        var folder = Files.createDirectories(runFolder.resolve(FOLDER));
        var logs = Files.createDirectories(folder.resolve("logs"));
        var lines = new StringBuilder();
        for (var drill : drills) {
            Files.writeString(logs.resolve(caseId(drill) + ".log"), log(drill), StandardCharsets.UTF_8);
            lines.append(LINE.writeValueAsString(result(drill))).append('\n');
        }
        Files.writeString(folder.resolve("results.jsonl"), lines, StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("summary.json"), PrettyJson.text(summary(run, drills)), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("SUMMARY.md"), markdown(run, drills), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> result(ScenarioResult drill) {
        var result = new LinkedHashMap<String, Object>();
        result.put("case_id", caseId(drill));
        result.put("description", drill.name());
        result.put("status", status(drill));
        result.put("started_at", drill.started().map(Instant::toString).orElse(""));
        result.put("duration_seconds", drill.took().toSeconds());
        result.put("command", command(drill));
        result.put("log_path", "logs/" + caseId(drill) + ".log");
        return result;
    }

    private static Map<String, Object> summary(Run run, List<ScenarioResult> drills) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("harness", HARNESS);
        summary.put("timestamp", timestamp(run));
        summary.put("totals", totals(drills));
        summary.put("overall_status", overall(run, drills));
        summary.put("cases", drills.stream().map(ChaosArtifacts::result).toList());
        return summary;
    }

    private static Map<String, Object> totals(List<ScenarioResult> drills) {
        var totals = new LinkedHashMap<String, Object>();
        totals.put("case_count", drills.size());
        totals.put("passed", passed(drills));
        totals.put("failed", drills.size() - passed(drills));
        return totals;
    }

    private static String markdown(Run run, List<ScenarioResult> drills) {
        var text = new StringBuilder("# Restart and reconnect drills\n\n");
        text.append("- Timestamp: ").append(timestamp(run)).append('\n');
        text.append("- Environment: ").append(run.facts().environment()).append('\n');
        text.append("- Overall status: ").append(overall(run, drills)).append('\n');
        text.append("- Promotion: ")
                .append(promotion(run, drills))
                .append("\n\n| Case | Status | Duration (s) | Log |\n| --- | --- | --- | --- |\n");
        drills.forEach(drill -> text.append("| ")
                .append(caseId(drill))
                .append(" | ")
                .append(status(drill))
                .append(" | ")
                .append(drill.took().toSeconds())
                .append(" | logs/")
                .append(caseId(drill))
                .append(".log |\n"));
        text.append("\nCommands:\n\n");
        drills.forEach(drill -> text.append("- `").append(command(drill)).append("`\n"));
        return text.toString();
    }

    private static String promotion(Run run, List<ScenarioResult> drills) {
        if (passed(drills) < drills.size()) {
            return "blocked until every case passes";
        }
        return overall(run, drills).equals("passed")
                ? "allowed"
                : "blocked: the cases passed, and the run itself did not";
    }

    private static String log(ScenarioResult drill) {
        var text = new StringBuilder(drill.name())
                .append(": ")
                .append(drill.verdict().word())
                .append("\n");
        drill.steps()
                .forEach(step -> text.append(step.word())
                        .append("  ")
                        .append(step.keyword())
                        .append(' ')
                        .append(step.name())
                        .append("  ")
                        .append(step.took().toMillis())
                        .append(" ms\n")
                        .append(step.message().isEmpty() ? "" : step.message().indent(4)));
        return text.toString();
    }

    /** A file is called by it, and whoever made the record chose the tag. */
    private static String caseId(ScenarioResult drill) {
        var named = drill.tags().stream()
                .filter(tag -> tag.startsWith(CASE))
                .map(tag -> tag.substring(CASE.length()))
                .findFirst()
                .orElse(drill.id());
        return NO_FILE_NAME.matcher(named).replaceAll("_");
    }

    private static String command(ScenarioResult drill) {
        return "./runbook run --tags " + CASE + caseId(drill);
    }

    private static String status(ScenarioResult drill) {
        return drill.verdict() == Verdict.PASSED ? "passed" : "failed";
    }

    /** A run that broke, or left something changed, proves no drill. */
    private static String overall(Run run, List<ScenarioResult> drills) {
        return passed(drills) == drills.size()
                        && run.finished()
                        && run.problems().isEmpty()
                ? "passed"
                : "failed";
    }

    private static long passed(List<ScenarioResult> drills) {
        return drills.stream()
                .filter(drill -> drill.verdict() == Verdict.PASSED)
                .count();
    }

    private static String timestamp(Run run) {
        return run.started().map(TIMESTAMP::format).orElse("");
    }
}
