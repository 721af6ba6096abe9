package com.openagents.runbook.replica.checkout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What formatting and compiling come to where the sources are YAML, SQL, Markdown and shell scripts. */
final class SourceCheck {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path folder;

    SourceCheck(Path folder) {
        this.folder = folder;
    }

    /** No trailing blanks, no tabs, a line end at the end of each file. */
    void formatted() throws MixError, IOException {
        var wrong = new StringBuilder();
        for (var file : sources()) {
            var text = Files.readString(file);
            if (!text.endsWith("\n") || text.lines().anyMatch(line -> line.endsWith(" ") || line.contains("\t"))) {
                wrong.append("\n  * ").append(folder.relativize(file));
            }
        }
        if (!wrong.isEmpty()) {
            throw new MixError(
                    "** (Mix) mix format failed due to --check-formatted.\nThe following files are not formatted:\n"
                            + wrong);
        }
    }

    /** Every YAML file can be read. Answers how many files there are. */
    int compiled() throws MixError, IOException {
        var files = sources().stream()
                .filter(file -> file.toString().endsWith(".yaml"))
                .toList();
        for (var file : files) {
            try (var documents = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
                documents.readAll();
            } catch (JsonProcessingException broken) {
                throw new MixError("** (CompileError) " + folder.relativize(file) + ":"
                        + broken.getLocation().getLineNr() + ": " + broken.getOriginalMessage());
            }
        }
        return files.size();
    }

    private List<Path> sources() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("docs/reports")))
                    .sorted()
                    .toList();
        }
    }
}
