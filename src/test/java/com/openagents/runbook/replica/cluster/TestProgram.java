package com.openagents.runbook.replica.cluster;

import com.openagents.runbook.replica.cluster.node.ContainerProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link TestRuntime} as what an image holds. */
final class TestProgram implements ContainerProgram {
    @Override
    public String identity() {
        return "test-runtime";
    }

    @Override
    public List<String> commandLine(Start start) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-cp",
                TestRuntime.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath(),
                TestRuntime.class.getName()));
        if (start.command().isEmpty()) {
            words.add("start");
        } else {
            words.addAll(start.command().subList(1, start.command().size()));
        }
        return words;
    }

    @Override
    public boolean endsWithItsInput() {
        return true;
    }
}
