package com.openagents.runbook.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes into each feature which words of the runbook it was read against. */
public final class Pins {
    private static final String HEAD = "# Read against docs/runbook.md; ./runbook coverage says when its words change.";
    private static final String LINE = "#\\s*\\d+[A-Z]?\\.\\d+\\s+[0-9a-f]{8}\\s*";

    private final RunbookDocument runbook;
    private final Path features;

    public Pins(Path runbook, Path features) {
        this.runbook = RunbookDocument.read(runbook);
        this.features = features;
    }

    /**
     * Pins every feature to the statements as they are now.
     *
     * @return the names of the files that changed
     * @throws IOException if a feature cannot be written
     */
    public List<String> write() throws IOException {
        var changed = new ArrayList<String>();
        for (var feature : FeatureReader.read(features)) {
            var file = features.resolve(feature.name());
            var before = Files.readString(file);
            var after = pinned(before, feature);
            if (!after.equals(before)) {
                Files.writeString(file, after);
                changed.add(feature.name());
            }
        }
        return changed;
    }

    private String pinned(String text, FeatureFile feature) {
        var lines = new ArrayList<String>();
        lines.add(HEAD);
        feature.statements().stream()
                .sorted()
                .flatMap(id -> runbook.statement(id).stream())
                .forEach(statement -> lines.add("# " + statement.id() + " " + statement.fingerprint()));
        text.lines().filter(line -> !line.equals(HEAD) && !line.matches(LINE)).forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }
}
