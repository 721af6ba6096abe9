package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Environments;
import com.openagents.runbook.environment.HomeFolder;
import java.nio.file.Path;

/** Where the runbook's files are: the folder of the launcher, or the working folder. */
final class Home {
    private Home() {}

    static Path folder() {
        return HomeFolder.path();
    }

    static Path features() {
        return folder().resolve("features");
    }

    static Path runbook() {
        return folder().resolve("docs/runbook.md");
    }

    static Path output() {
        return folder().resolve("target/runbook");
    }

    static Environments environments() {
        return new Environments(folder().resolve("environments"));
    }
}
