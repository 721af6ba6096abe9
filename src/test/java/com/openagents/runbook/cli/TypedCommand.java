package com.openagents.runbook.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One command of the runbook, as somebody types it, and what it says. */
final class TypedCommand {
    private final String name;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    TypedCommand(String name) {
        this.name = name;
    }

    /** Gives its exit code. */
    int run(String... arguments) {
        var words = new ArrayList<>(List.of(name));
        words.addAll(List.of(arguments));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    /** The same, on the runs of a folder. */
    int runOn(Path output, String... arguments) {
        var words = new ArrayList<>(List.of("--output", output.toString()));
        words.addAll(List.of(arguments));
        return run(words.toArray(String[]::new));
    }

    /** All that it said so far. */
    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
