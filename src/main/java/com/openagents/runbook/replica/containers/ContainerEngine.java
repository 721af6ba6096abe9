package com.openagents.runbook.replica.containers;

import org.testcontainers.DockerClientFactory;

/** The Docker engine that containers run in, found as Docker's own client finds it. */
public final class ContainerEngine {
    private ContainerEngine() {}

    /** Whether one answers. What it then refuses is told by whoever asks for it. */
    public static boolean answers() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException answered) {
            return true;
        }
    }
}
