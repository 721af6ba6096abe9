package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.report.history.PastRun;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run of few words, for tests of what comes after runs. */
public final class PlayedRun {
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final Map<String, String> attached = new LinkedHashMap<>();
    private final String started;
    private String severity = "high";
    private boolean killed;
    private boolean chained;
    private int known = 1;

    private PlayedRun(String id, String started) {
        this.started = started;
        facts.put("runId", id);
        facts.put("environment", "staging");
        facts.put("kind", "live");
        facts.put("mode", "run");
        facts.put("suiteVersion", "0.1.0");
        facts.put("featureHash", "f00d");
        facts.put("startedAt", started);
    }

    /** A run that began on a day of November 2026, at six. */
    public static PlayedRun on(int day) {
        return new PlayedRun(String.format("202611%02dT060000Z", day), String.format("2026-11-%02dT06:00:00Z", day));
    }

    /** One of several runs that share the scenarios, each on a day of its own after the 20th. */
    public static PlayedRun shard(int index, int of) {
        return on(20 + index).shard(index + "/" + of);
    }

    public PlayedRun passes(String scenario) {
        return passes(scenario, 4);
    }

    public PlayedRun passes(String scenario, int millis) {
        return plays(scenario, Outcome.passes().in(millis).seeing("What " + scenario + " saw"));
    }

    public PlayedRun fails(String scenario) {
        var finding = new Finding(
                scenario + " is well",
                scenario + " is not well",
                List.of(),
                "3.2",
                "look at it",
                "kubectl describe pod runtime-0");
        return plays(scenario, Outcome.finds(finding).seeing("What " + scenario + " saw"));
    }

    public PlayedRun cannotCheck(String scenario) {
        return plays(scenario, Outcome.cannotCheck("nobody answered"));
    }

    /** Of what could not be checked, too. */
    public PlayedRun waived(String scenario) {
        var waiver = Map.of(
                "id", "W1", "scenario", scenario, "from", "2026-11-01T00:00:00Z", "until", "2027-01-01T00:00:00Z");
        return attached(Waiver.MEDIA_TYPE, RecordMaker.json(Map.of("waivers", List.of(waiver))));
    }

    private PlayedRun plays(String scenario, Outcome outcome) {
        outcomes.put(scenario, outcome);
        return this;
    }

    public PlayedRun fact(String name, String value) {
        facts.put(name, value);
        return this;
    }

    /** Which part of what was selected it was about; without sections, of all. */
    public PlayedRun shard(String shard, String... sections) {
        facts.put("selection", Map.of("shard", shard, "sections", List.of(sections)));
        return this;
    }

    /** How many scenarios the runbook has for its only control. */
    public PlayedRun known(int scenarios) {
        known = scenarios;
        return this;
    }

    /** Its lines are chained, and it says with what it is to be signed, if with anything. */
    public PlayedRun chained(String signature) {
        chained = true;
        return attached(Provenance.MEDIA_TYPE, "{\"signature\":\"" + signature + "\"}");
    }

    public PlayedRun attached(String mediaType, String json) {
        attached.put(mediaType, json);
        return this;
    }

    /** It remembers these runs, the newest of which comes last. */
    public PlayedRun after(PlayedRun... earlier) {
        var runs = new ArrayList<PastRun>();
        for (var run : earlier) {
            runs.add(0, PastRun.of(run.run()));
        }
        return attached(
                EarlierRuns.MEDIA_TYPE, History.json(new EarlierRuns(runs, "")).toString());
    }

    /** Of all its scenarios. */
    public PlayedRun severity(String word) {
        severity = word;
        return this;
    }

    /** It ended before its last scenario began. */
    public PlayedRun killed() {
        killed = true;
        return this;
    }

    public String record() {
        var maker = new RecordMaker(started).runFacts(RecordMaker.json(facts));
        maker.attach(Framework.MEDIA_TYPE, RecordMaker.json(Map.of("frameworks", List.of(framework()))));
        attached.forEach(maker::attach);
        maker.feature("file:///srv/runbook/features/01-daily-checks.feature", feature());
        outcomes.forEach((scenario, outcome) -> maker.when(step(scenario), outcome));
        var names = List.copyOf(outcomes.keySet());
        names.subList(0, names.size() - (killed ? 1 : 0)).forEach(maker::play);
        var record = killed ? maker.killed() : maker.finished();
        return chained ? ChainedRecord.of(record, !killed) : record;
    }

    private Framework framework() {
        return new Framework(
                "SOC2",
                "SOC 2",
                List.of(new Framework.Control("CC7.2", "What happens is watched", List.of("1.1"), List.of(), known)));
    }

    private String feature() {
        return "@section-1\nFeature: 1 Daily checks\n\n"
                + outcomes.keySet().stream()
                        .map(name -> "  @statement:1.1 @severity:" + severity + "\n  Scenario: " + name + "\n    Then "
                                + step(name) + "\n")
                        .collect(Collectors.joining("\n"));
    }

    private static String step(String scenario) {
        return scenario + " is looked at";
    }

    public Run run() {
        try {
            return RunRecord.read(new StringReader(record()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its folder, named by its id, in the folder where runs are kept; with the record alone. */
    public Path in(Path output) throws IOException {
        var folder = Files.createDirectories(output.resolve((String) facts.get("runId")));
        Files.writeString(folder.resolve(RunRecord.FILE), record());
        return folder;
    }
}
