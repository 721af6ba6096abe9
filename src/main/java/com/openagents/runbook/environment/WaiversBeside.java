package com.openagents.runbook.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of waivers that counts for an environment. */
final class WaiversBeside {
    /** Its name, beside environments. */
    static final String FILE = "waivers.yaml";

    private WaiversBeside() {}

    /** That beside the environment, so that waivers go where it goes; else the runbook's own, which need not be there. */
    static Path of(Path environment, Path own) {
        var beside = environment.resolveSibling(FILE);
        return Files.exists(beside) ? beside : own;
    }

    /** The runbook's own. */
    static Path own() {
        return HomeFolder.environments().resolve(FILE);
    }

    /** What the file says; that there are no waivers, if there is none. */
    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "waivers: []\n";
        } catch (IOException e) {
            throw new EnvironmentProblem("The waivers cannot be read: " + file);
        }
    }
}
