package com.openagents.runbook.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files by which a live environment reaches a cluster: its own, and the kubeconfig that it names. */
public final class ClusterFiles {
    private ClusterFiles() {}

    /**
     * Writes both, for namespace {@code staging}.
     *
     * @param name of the environment, and of its context
     * @param more lines, indented as they belong behind those of the cluster
     */
    public static Path environment(Path folder, String name, String server, String token, String... more)
            throws IOException {
        var kubeconfig = kubeconfig(folder.resolve(name + ".kubeconfig"), token, Map.of(name, server));
        return environment(folder.resolve(name + ".yaml"), kubeconfig, name, "staging", more);
    }

    /** Writes that of the environment alone. */
    public static Path environment(Path file, Path kubeconfig, String context, String namespace, String... more)
            throws IOException {
        return Files.writeString(file, """
                kind: live
                description: a cluster
                systems:
                  kubernetes:
                    context: %s
                    kubeconfig: '%s'
                    namespace: %s
                %s
                """.formatted(context, kubeconfig, namespace, String.join("\n", more)));
    }

    /** @param servers by the names of their contexts */
    public static Path kubeconfig(Path file, String token, Map<String, String> servers) throws IOException {
        var contexts = new TreeMap<>(servers);
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: %s
                clusters: [%s]
                users: [{name: somebody, user: {token: '%s'}}]
                contexts: [%s]
                """.formatted(
                        contexts.firstKey(),
                        each(contexts, "{name: %1$s, cluster: {server: '%2$s'}}"),
                        token,
                        each(contexts, "{name: %1$s, context: {cluster: %1$s, user: somebody}}")));
    }

    private static String each(Map<String, String> contexts, String form) {
        return contexts.entrySet().stream()
                .map(context -> form.formatted(context.getKey(), context.getValue()))
                .collect(Collectors.joining(", "));
    }
}
