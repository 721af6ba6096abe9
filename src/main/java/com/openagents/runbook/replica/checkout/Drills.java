package com.openagents.runbook.replica.checkout;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openagents.runbook.replica.checkout.suite.Suites;
import com.openagents.runbook.replica.checkout.suite.TestRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The restart and reconnect drills with their artifacts (contract 14). */
final class Drills {
    static final String TASK = "runtime.chaos.drills";

    private static final String HARNESS = "oa.runtime_restart_reconnect_chaos.v1";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectWriter PRETTY = JSON.writer(SerializationFeature.INDENT_OUTPUT);

    private static final List<Case> CASES = List.of(
            new Case(
                    "runtime_executor_restart_recovery",
                    "a run whose executor is gone is recovered and its stream resumes",
                    "test/openagents_runtime/load/runtime_shape_load_test.exs"),
            new Case(
                    "khala_reconnect_replay",
                    "sync clients reconnect, replay without a gap and learn of stale cursors",
                    "test/openagents_runtime_web/channels/sync_channel_test.exs"),
            new Case(
                    "sync_token_expiry_guard",
                    "expired sync tokens are refused",
                    "test/openagents_runtime/sync/jwt_verifier_test.exs"));

    private final Workspace workspace;
    private final PrintStream out;

    private record Case(String id, String description, String file) {
        String command() {
            return "mix test " + file + " --only chaos_drill";
        }
    }

    private record Outcome(Case drill, boolean passed, Instant startedAt, long seconds, Path log) {
        Map<String, Object> json() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("case_id", drill.id());
            fields.put("description", drill.description());
            fields.put("status", status());
            fields.put("started_at", startedAt.truncatedTo(ChronoUnit.SECONDS).toString());
            fields.put("duration_seconds", seconds);
            fields.put("command", drill.command());
            fields.put("log_path", log.toString());
            return fields;
        }

        String status() {
            return passed ? "passed" : "failed";
        }
    }

    Drills(Workspace workspace, PrintStream out) {
        this.workspace = workspace;
        this.out = out;
    }

    /** Runs all cases, also when one fails, and answers whether every one passed. */
    boolean run() throws IOException, SQLException, InterruptedException {
        var timestamp = STAMP.format(Instant.now());
        var folder = Path.of(workspace
                .variables()
                .getOrDefault(
                        "OUTPUT_DIR",
                        workspace
                                .runtime()
                                .resolve("docs/reports/restart-reconnect-chaos")
                                .resolve(timestamp)
                                .toString()));
        Files.createDirectories(folder.resolve("logs"));
        var outcomes = new ArrayList<Outcome>();
        for (var drill : CASES) {
            var outcome = run(drill, folder.resolve("logs").resolve(drill.id() + ".log"));
            outcomes.add(outcome);
            out.println("case " + drill.id() + ": " + outcome.status());
        }
        long passed = outcomes.stream().filter(Outcome::passed).count();
        write(folder, timestamp, outcomes, passed);
        out.println("Case pass/fail: " + passed + " passed / " + (outcomes.size() - passed) + " failed");
        out.println("Artifacts: " + folder);
        return passed == outcomes.size();
    }

    private Outcome run(Case drill, Path log) throws IOException, SQLException, InterruptedException {
        var startedAt = Instant.now();
        try (var lines = new PrintStream(Files.newOutputStream(log), false, StandardCharsets.UTF_8)) {
            var result = new TestRun(workspace, lines).run(Suites.in(List.of(drill.file())), true);
            boolean passed = result.failures() == 0 && result.tests() > 0;
            return new Outcome(
                    drill,
                    passed,
                    startedAt,
                    Duration.between(startedAt, Instant.now()).toSeconds(),
                    log);
        }
    }

    private void write(Path folder, String timestamp, List<Outcome> outcomes, long passed) throws IOException {
        var lines = new StringBuilder();
        for (var outcome : outcomes) {
            lines.append(JSON.writeValueAsString(outcome.json())).append('\n');
        }
        Files.writeString(folder.resolve("results.jsonl"), lines);
        var overall = passed == outcomes.size() ? "passed" : "failed";
        var totals = new LinkedHashMap<String, Object>();
        totals.put("case_count", outcomes.size());
        totals.put("passed", passed);
        totals.put("failed", outcomes.size() - passed);
        var summary = new LinkedHashMap<String, Object>();
        summary.put("harness", HARNESS);
        summary.put("timestamp", timestamp);
        summary.put("totals", totals);
        summary.put("overall_status", overall);
        summary.put("cases", outcomes.stream().map(Outcome::json).toList());
        Files.writeString(folder.resolve("summary.json"), PRETTY.writeValueAsString(summary) + "\n");
        var text = markdown(timestamp, overall, outcomes, passed);
        Files.writeString(folder.resolve("SUMMARY.md"), text);
        var report = workspace.variables().getOrDefault("REPORT_FILE", "");
        if (!report.isEmpty()) {
            Files.writeString(Path.of(report), text);
        }
    }

    private static String markdown(String timestamp, String overall, List<Outcome> outcomes, long passed) {
        var text = new StringBuilder("# Restart and reconnect drills\n\n- Timestamp: `" + timestamp
                + "`\n- Overall status: `" + overall + "`\n- Case pass/fail: `" + passed + " passed / "
                + (outcomes.size() - passed)
                + " failed`\n\n| Case | Status | Duration (s) | Log |\n| --- | --- | --- | --- |\n");
        outcomes.forEach(outcome -> text.append("| %s | %s | %d | logs/%s.log |\n"
                .formatted(
                        outcome.drill().id(),
                        outcome.status(),
                        outcome.seconds(),
                        outcome.drill().id())));
        text.append("\n## Commands\n\n");
        outcomes.forEach(
                outcome -> text.append("- `").append(outcome.drill().command()).append("`\n"));
        return text.toString();
    }
}
