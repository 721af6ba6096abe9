package com.openagents.runbook.environment;

import java.nio.file.Path;

/** The folder of this runbook, and what is where in it. */
public final class HomeFolder {
    private HomeFolder() {}

    public static Path path() {
        return Path.of(System.getProperty("runbook.home", ""));
    }

    static Path environments() {
        return path().resolve("environments");
    }

    /** The manifests of the post-deploy gate. */
    static Path gate() {
        return environments().resolve("gate");
    }

    /** What replicas keep between runs. */
    static Path replica() {
        return path().resolve("target").resolve("replica");
    }

    /** The undo journals of this machine. */
    static Path journals() {
        return path().resolve("target").resolve("journals");
    }
}
