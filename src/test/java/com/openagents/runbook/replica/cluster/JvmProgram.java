package com.openagents.runbook.replica.cluster;

import com.openagents.runbook.replica.cluster.node.ContainerProgram;
import com.openagents.runbook.replica.cluster.node.ReplicaJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java program of this build as what an image holds. The first word of a container's command stands for the program;
 * without a command it is called with {@code start}. It must end when its standard input does.
 *
 * @param options of the virtual machine, for example its heap
 * @param environment variables it needs to know that it runs in the replica
 */
record JvmProgram(ReplicaJvm jvm, String mainClass, List<String> options, Map<String, String> environment)
        implements ContainerProgram {

    public JvmProgram {
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    @Override
    public String identity() {
        return mainClass + " of " + jvm.identity();
    }

    @Override
    public List<String> commandLine(Start start) {
        var arguments = new ArrayList<String>();
        if (start.command().isEmpty()) {
            arguments.add("start");
        } else {
            arguments.addAll(start.command().subList(1, start.command().size()));
        }
        arguments.addAll(start.arguments());
        return jvm.commandLine(mainClass, options, arguments);
    }

    @Override
    public boolean endsWithItsInput() {
        return true;
    }
}
