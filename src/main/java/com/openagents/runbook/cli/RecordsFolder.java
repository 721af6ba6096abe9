package com.openagents.runbook.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the records of runs go. */
final class RecordsFolder {
    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder in which each run gets a folder of its own (default: target/runbook).")
    private Path path = Home.output();

    Path path() {
        return path;
    }
}
