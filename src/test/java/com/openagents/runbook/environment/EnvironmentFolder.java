package com.openagents.runbook.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of environments with the schema of the distribution, and files as tests write them. */
final class EnvironmentFolder {
    private final Path folder;

    EnvironmentFolder(Path folder) throws IOException {
        this.folder = folder;
        Files.copy(Path.of("environments/schema.json"), folder.resolve("schema.json"));
    }

    void write(String name, String yaml) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }
}
