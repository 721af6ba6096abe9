package com.openagents.runbook.system.checkout;

import java.nio.file.Path;
import java.util.List;

/**
 * A working copy of the OpenAgents repository.
 *
 * @param folder the root of the repository
 * @param programs folders that are searched for programs before the PATH is
 */
public record Checkout(Path folder, List<Path> programs) {
    public Checkout {
        folder = folder.toAbsolutePath();
        programs = List.copyOf(programs);
    }

    /** Where the runbook's mix commands are run. */
    public Path runtime() {
        return folder.resolve("apps/runtime");
    }
}
