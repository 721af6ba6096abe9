package com.openagents.runbook.replica.cluster.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What an image holds: a program that runs as a process of this machine. */
public interface ContainerProgram {

    /** Tells this program from others; part of the image's digest. */
    String identity();

    /**
     * The command line of the process.
     *
     * @param start what the container asks for
     */
    List<String> commandLine(Start start);

    /** Variables the process needs besides those of the container. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** Whether the process ends by itself when its standard input ends. If not, a guard ends it. */
    boolean endsWithItsInput();

    /**
     * What a container asks for, after expansion.
     *
     * @param command empty if the pod leaves it to the image
     * @param arguments empty if the pod leaves them to the image
     */
    record Start(String image, List<String> command, List<String> arguments, Path directory) {
        public Start {
            command = List.copyOf(command);
            arguments = List.copyOf(arguments);
        }
    }
}
