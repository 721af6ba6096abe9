package com.openagents.runbook.replica;

import com.openagents.runbook.replica.cluster.node.ContainerProgram;
import com.openagents.runbook.replica.cluster.node.ReplicaJvm;
import com.openagents.runbook.replica.runtime.RuntimeMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The image of the runtime service: the replica's runtime as a process of this machine. */
public final class RuntimeImage implements ContainerProgram {
    /** The release's program (contract 0.1); the image starts it with {@code start}. */
    private static final String PROGRAM = "bin/openagents_runtime";

    private static final List<String> HEAP = List.of("-Xms16m", "-Xmx192m", "-Xss512k");
    private static final int TRAINING_SECONDS = 3;

    /** Half of the classes are there to serve. */
    private static final Map<String, String> SERVED = Map.of("PHX_SERVER", "true", "POD_IP", "127.0.0.1", "PORT", "0");

    private final ReplicaJvm jvm;

    private RuntimeImage(ReplicaJvm jvm) {
        this.jvm = jvm;
    }

    /**
     * Prepares the program so that it starts quickly; the first time after a build this takes some seconds.
     *
     * @param cache a folder for what is prepared
     * @param environment the variables without which the runtime does not start
     */
    public static RuntimeImage prepare(Path cache, Map<String, String> environment) {
        var served = new HashMap<>(environment);
        served.putAll(SERVED);
        var training = new ReplicaJvm.Training(
                "runtime", RuntimeMain.class.getName(), List.of("start"), served, TRAINING_SECONDS);
        return new RuntimeImage(ReplicaJvm.prepare(cache, training));
    }

    /** What starts programs of this build, the runtime among them. */
    public ReplicaJvm jvm() {
        return jvm;
    }

    @Override
    public String identity() {
        return jvm.identity();
    }

    @Override
    public List<String> commandLine(Start start) {
        var words = new ArrayList<>(start.command());
        words.addAll(start.arguments());
        if (words.isEmpty()) {
            words.addAll(List.of(PROGRAM, "start"));
        }
        if (!PROGRAM.equals(words.get(0))) {
            return List.of("/bin/sh", "-c", "echo \"exec: $0: executable file not found\" >&2; exit 127", words.get(0));
        }
        return jvm.commandLine(RuntimeMain.class.getName(), HEAP, words.subList(1, words.size()));
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("OA_REPLICA_EXIT_WITH_PARENT", "true");
    }

    @Override
    public boolean endsWithItsInput() {
        return true;
    }
}
