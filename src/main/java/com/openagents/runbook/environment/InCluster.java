package com.openagents.runbook.environment;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The account of the pod that the runbook itself runs in, as Kubernetes mounts it into every pod. */
final class InCluster {
    /** What an environment names in the place of a context. */
    static final String CONTEXT = "in-cluster";

    private static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private InCluster() {}

    /** @throws EnvironmentProblem if this is no pod, or one without an account */
    static Config config() {
        var host = System.getenv("KUBERNETES_SERVICE_HOST");
        var port = System.getenv("KUBERNETES_SERVICE_PORT");
        var token = MOUNTED.resolve("token");
        if (host == null || port == null || !Files.isReadable(token)) {
            throw new EnvironmentProblem("systems.kubernetes.context: " + CONTEXT
                    + " is for a pod that has a service account; this is none. Name a context of a kubeconfig");
        }
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + host + ":" + port + "/")
                .withCaCertFile(MOUNTED.resolve("ca.crt").toString())
                // It is renewed every hour.
                .withOauthTokenProvider(() -> read(token))
                .build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the token of the service account cannot be read", e);
        }
    }
}
