package com.openagents.runbook.replica.cluster;

import com.openagents.runbook.replica.cluster.node.ContainerProgram;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * How to start a cluster.
 *
 * @param directory for the kubeconfig, logs and working folders; made if it is not there
 * @param images the programs behind image references; {@link ClusterReplica#IMAGE} must be among them
 * @param secrets the values of the Secret {@code runtime-secrets}, by key
 * @param environment variables for every container that take the place of its own; for what differs on this machine
 * @param speed how many times faster than written probes, restart back-off and the autoscaler's period pass
 */
public record ClusterOptions(
        Path directory,
        Map<String, ContainerProgram> images,
        Map<String, String> secrets,
        Map<String, String> environment,
        double speed) {

    public ClusterOptions {
        Objects.requireNonNull(directory, "directory");
        images = Map.copyOf(images);
        secrets = Map.copyOf(secrets);
        environment = Map.copyOf(environment);
        if (!(speed >= 1)) {
            throw new IllegalArgumentException("speed must be 1 or more, is " + speed);
        }
    }

    @Override
    public String toString() {
        return "cluster in " + directory + ", images " + images.keySet() + ", secrets " + secrets.keySet() + ", speed "
                + speed;
    }
}
