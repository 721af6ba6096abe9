package com.openagents.runbook.cli;

import com.openagents.runbook.environment.Environment;
import picocli.CommandLine.Option;

/** The environment of a command that takes none unless it is told which. */
final class NamedEnvironment {
    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            required = true,
            description = "The environment, by name or by the path of its YAML file.")
    private String name;

    Environment find() {
        return Home.environments().find(name);
    }
}
