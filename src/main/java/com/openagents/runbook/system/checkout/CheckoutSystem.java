package com.openagents.runbook.system.checkout;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The working copy as sections 8 and 9 use it. Every run of a command is put down as evidence. */
public final class CheckoutSystem {
    private static final String NAME = "checkout";
    private static final int SHOWN_LINES = 25;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String REPORTS = "apps/runtime/docs/reports/";
    private static final String DRILL_RUNBOOK = "apps/runtime/docs/RESTART_RECONNECT_CHAOS.md";
    private static final String LATEST_REPORT = REPORTS + "2026-02-21-runtime-khala-restart-reconnect-chaos-report.md";

    private final Checkout checkout;
    private final CommandRunner runner;
    private final EvidenceLog evidence;

    public CheckoutSystem(Checkout checkout, CommandRunner runner, EvidenceLog evidence) {
        this.checkout = checkout;
        this.runner = runner;
        this.evidence = evidence;
    }

    /** Runs a command to its end or its limit. */
    public CommandRun run(CheckoutCommand command) {
        return run(command, Map.of());
    }

    /** Runs the restart and reconnect drills; their artifacts stay in the folder that the script itself would take. */
    public DrillReport runDrills() {
        var folder =
                checkout.folder().resolve(REPORTS + "restart-reconnect-chaos").resolve(STAMP.format(Instant.now()));
        var run = run(CheckoutCommand.DRILLS, Map.of("OUTPUT_DIR", folder.toString()));
        var report = new DrillArtifacts(folder).read(run);
        var rows = report.results().stream()
                .map(result -> row("case", result.id(), "status", result.status(), "log", result.log()))
                .toList();
        saw(
                "Artifacts of the drills",
                "cat " + folder.resolve("summary.json"),
                rows,
                "every case passed",
                Map.of("harness", report.harness(), "overall status", report.overallStatus()));
        return report;
    }

    /** The documents that the runbook names as evidence of the drills. */
    public DrillDocuments drillDocuments() {
        var runtime = requireRuntime();
        var documents =
                Stream.of(DRILL_RUNBOOK, LATEST_REPORT).map(this::document).toList();
        var verdict = read(checkout.folder().resolve(LATEST_REPORT))
                .flatMap(text -> text.lines()
                        .filter(line -> line.contains(" passed / "))
                        .map(line -> line.replaceAll("^[-*\\s]+", "").replace("`", ""))
                        .findFirst());
        saw(
                "Documents of the drills",
                "ls " + runtime.resolve("docs"),
                documents.stream()
                        .map(each -> row(
                                "document",
                                each.path(),
                                "there",
                                String.valueOf(each.isThere()),
                                "title",
                                each.title()))
                        .toList(),
                "both are there; the latest report says that no case failed",
                Map.of("verdict", verdict.orElse("none")));
        return new DrillDocuments(checkout.folder(), documents, verdict);
    }

    private DrillDocuments.Document document(String path) {
        var text = read(checkout.folder().resolve(path));
        var title = text.flatMap(document ->
                        document.lines().filter(line -> line.startsWith("# ")).findFirst())
                .map(line -> line.substring(2).strip());
        return new DrillDocuments.Document(path, text.isPresent(), title.orElse(""));
    }

    private CommandRun run(CheckoutCommand command, Map<String, String> more) {
        var runtime = requireRuntime();
        var variables = new HashMap<>(command.variables());
        variables.putAll(more);
        var folder = command.isRunFromRoot() ? checkout.folder() : runtime;
        var run = runner.run(new CommandRunner.Call(
                command.line(),
                command.statement(),
                command.words(),
                variables,
                folder,
                checkout.programs(),
                command.limit()));
        var shown = run.lines()
                .subList(
                        Math.max(0, run.lines().size() - SHOWN_LINES),
                        run.lines().size());
        var rows = new ArrayList<Map<String, String>>();
        shown.forEach(line -> rows.add(row("output", line)));
        saw("Run of " + command.line(), run.byHand(), rows, "exit 0", Map.of("end", run.words()));
        return run;
    }

    private Path requireRuntime() {
        if (!Files.isDirectory(checkout.runtime())) {
            throw new CouldNotCheck("there is no apps/runtime in " + checkout.folder()
                    + "; systems.checkout.path must name the root of a working copy of the OpenAgents repository");
        }
        return checkout.runtime();
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void saw(
            String title, String asked, List<Map<String, String>> rows, String threshold, Map<String, String> more) {
        var context = new HashMap<>(more);
        context.put("checkout", checkout.folder().toString());
        evidence.saw(new Evidence(title, NAME, asked, rows, threshold, Instant.now(), context));
    }

    private static Map<String, String> row(String... cells) {
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
        return row;
    }
}
