package com.openagents.runbook.replica.cloudrun;

import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.release.Release;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What an execution of the job does: the release's own command, on the real database. */
final class MigrationProgram {
    private MigrationProgram() {}

    /** Returns the exit status. */
    static int run(List<String> arguments, Map<String, String> variables) {
        var unread = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var release = new Release(RuntimeConfig.read(new Variables(variables)), unread, unread);
        return release.evaluate(arguments.get(1));
    }
}
