package com.openagents.runbook.assertions;

import com.openagents.runbook.system.cloudrun.Container;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one command of a migration that looks afterwards whether the required tables are there (contract 2.2, 15.3). */
final class VerifyingCommand {
    static final String EXPRESSION = "OpenAgentsRuntime.Release.migrate_and_verify!()";

    private static final List<String> COMMAND = List.of("bin/openagents_runtime");
    private static final List<String> ARGUMENTS = List.of("eval", EXPRESSION);

    private VerifyingCommand() {}

    static boolean isIn(Container container) {
        return container.command().equals(COMMAND) && container.arguments().equals(ARGUMENTS);
    }

    static String words(Container container) {
        return Stream.concat(container.command().stream(), container.arguments().stream())
                .collect(Collectors.joining(" "));
    }
}
