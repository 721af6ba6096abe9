package com.openagents.runbook.system.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the artifacts of one run of the drills. */
final class DrillArtifacts {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final List<String> missing = new ArrayList<>();

    DrillArtifacts(Path folder) {
        this.folder = folder;
    }

    DrillReport read(CommandRun run) {
        var summary = summary();
        var results = results();
        results.forEach(result -> expect("logs/" + result.id() + ".log"));
        expect("SUMMARY.md");
        return new DrillReport(
                run,
                folder,
                summary.path("harness").asText(),
                summary.path("overall_status").asText(),
                results,
                missing);
    }

    private JsonNode summary() {
        try {
            return JSON.readTree(folder.resolve("summary.json").toFile());
        } catch (IOException unreadable) {
            missing.add("summary.json");
            return JSON.createObjectNode();
        }
    }

    /** One object after the other, on one line each or not. */
    private List<DrillReport.Case> results() {
        var cases = new ArrayList<DrillReport.Case>();
        try (var objects = JSON.readerFor(JsonNode.class)
                .<JsonNode>readValues(folder.resolve("results.jsonl").toFile())) {
            while (objects.hasNextValue()) {
                var object = objects.nextValue();
                cases.add(new DrillReport.Case(
                        object.path("case_id").asText(),
                        object.path("status").asText(),
                        object.path("log_path").asText()));
            }
        } catch (IOException unreadable) {
            missing.add("results.jsonl");
        }
        return cases;
    }

    private void expect(String name) {
        if (!Files.isReadable(folder.resolve(name))) {
            missing.add(name);
        }
    }
}
