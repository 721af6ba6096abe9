package com.openagents.runbook.fleet;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that is started as this one was, and without arguments. */
public record JavaProgram(String mainClass) {
    /** What only one process may do: note the classes that it loads. */
    private static final String NOTES = "-XX:DumpLoadedClassList";

    List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith(NOTES))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }
}
