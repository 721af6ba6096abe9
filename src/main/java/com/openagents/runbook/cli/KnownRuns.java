package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Suggestion;
import com.openagents.runbook.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The runs that have a folder in the output folder, and those that are named by the path of their own. */
final class KnownRuns {
    private static final int MOST_NAMED = 10;

    private final Path output;

    KnownRuns(Path output) {
        this.output = output;
    }

    /**
     * The folder of a run.
     *
     * @param name an id, {@code latest}, or the path of a folder
     * @throws UsageProblem if there is no such run
     */
    Path find(String name) throws IOException {
        return folder(output, name)
                .or(() -> folder(Path.of(""), name))
                .orElseThrow(() -> new UsageProblem("There is no run '" + name + "' in " + output
                        + ", and no folder of that name with a " + RunRecord.FILE + "; " + suggestion(name)))
                .toRealPath();
    }

    private static Optional<Path> folder(Path parent, String name) {
        try {
            return Optional.of(parent.resolve(name))
                    .filter(folder -> Files.isRegularFile(folder.resolve(RunRecord.FILE)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private String suggestion(String name) {
        var known = newest();
        return known.isEmpty() ? "./runbook run makes one" : Suggestion.sentence(name, known);
    }

    private List<String> newest() {
        if (!Files.isDirectory(output)) {
            return List.of();
        }
        try (var folders = Files.list(output)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(id -> folder(output, id).isPresent())
                    .sorted(Comparator.reverseOrder())
                    .limit(MOST_NAMED)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
