package com.openagents.runbook.replica.cluster;

import com.openagents.runbook.replica.cluster.node.ContainerProgram;
import java.util.ArrayList;
import java.util.List;

/** Runs the words of a container as they are. Such programs do not watch their input. */
final class ShellProgram implements ContainerProgram {
    @Override
    public String identity() {
        return "shell";
    }

    @Override
    public List<String> commandLine(Start start) {
        var words = new ArrayList<>(start.command());
        words.addAll(start.arguments());
        return words;
    }

    @Override
    public boolean endsWithItsInput() {
        return false;
    }
}
