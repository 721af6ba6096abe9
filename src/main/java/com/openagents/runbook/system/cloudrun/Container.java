package com.openagents.runbook.system.cloudrun;

import java.util.List;

/** What a job or one of its executions runs. */
public record Container(String image, List<String> command, List<String> arguments) {
    public Container {
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
    }
}
