package com.openagents.runbook.assertions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where an alert sends the person on call: {@code document#heading}, the heading as anchors of Markdown are written. */
record RunbookLink(String link, Path documents) {

    /** What is wrong with it, if anything is. */
    Optional<String> problem() {
        if (link.isBlank()) {
            return Optional.of("has no runbook link");
        }
        var parts = link.split("#", 2);
        var document = documents.resolve(parts[0]);
        if (!Files.isRegularFile(document)) {
            return Optional.of(link + ": there is no document " + parts[0]);
        }
        if (parts.length == 1) {
            return Optional.of(link + ": names no heading");
        }
        return hasHeading(document, parts[1])
                ? Optional.empty()
                : Optional.of(link + ": " + parts[0] + " has no heading #" + parts[1]);
    }

    private static boolean hasHeading(Path document, String anchor) {
        try (var lines = Files.lines(document)) {
            return lines.filter(line -> line.matches("#{1,6} .*"))
                    .map(RunbookLink::anchor)
                    .collect(Collectors.toSet())
                    .contains(anchor);
        } catch (IOException e) {
            return false;
        }
    }

    private static String anchor(String heading) {
        return heading.replaceFirst("#+ ", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
