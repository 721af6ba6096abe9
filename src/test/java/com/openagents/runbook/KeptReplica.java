package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A replica that another process keeps, and the launcher as a person uses it beside that one. */
final class KeptReplica implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final Path folder;
    private final Map<String, String> exports = new TreeMap<>();
    private final Process replica;
    private final KubernetesClient client;

    /** @param folder for all files of this and of what is launched */
    KeptReplica(Path folder) throws IOException {
        this.folder = folder;
        replica = launch("up", List.of("up"));
        await("the replica to be up", () -> text("up").contains("Ctrl-C ends it"));
        var line = Pattern.compile("(?m)^export ([A-Z_]+)='?([^'\\n]*)'?$").matcher(text("up"));
        while (line.find()) {
            exports.put(line.group(1), line.group(2));
        }
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig())))
                .build();
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return exports.get("NAMESPACE");
    }

    /** What it says of how to reach it. */
    String access(String variable) {
        return exports.get(variable);
    }

    Path kubeconfig() {
        return Path.of(exports.get("KUBECONFIG"));
    }

    /** Writes a live environment for it. */
    Path environment(String name, Path kubeconfig, String allowed) throws IOException {
        Files.writeString(folder.resolve("token"), exports.get("API_TOKEN"));
        Files.writeString(folder.resolve("password"), "postgres");
        var file = folder.resolve(name + ".yaml");
        Files.writeString(
                file,
                """
                kind: live
                description: a replica that somebody keeps
                systems:
                  kubernetes: {context: replica, kubeconfig: %s, namespace: %s, pods: address}
                  database: {url: '%s', user: postgres, password: 'file:%s'}
                  runtime: {url: '%s', signature-secret: 'secret:%s/runtime-secrets/RUNTIME_SIGNATURE_SECRET', user: 42}
                  control-plane: {url: '%s', api-token: 'file:%s'}
                """.formatted(
                                        kubeconfig,
                                        namespace(),
                                        exports.get("JDBC_URL").replaceFirst("\\?.*", ""),
                                        folder.resolve("password"),
                                        exports.get("BASE_URL"),
                                        namespace(),
                                        exports.get("CONTROL_PLANE_URL"),
                                        folder.resolve("token"))
                        + allowed);
        return file;
    }

    /** @param name under which {@link #text} finds what it writes */
    Process launch(String name, List<String> arguments) throws IOException {
        return Foreground.launcher(arguments)
                .redirectOutput(folder.resolve(name).toFile())
                .start();
    }

    String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return "";
        }
    }

    static int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("the run has ended within %s min", LIMIT.toMinutes())
                .isTrue();
        return process.exitValue();
    }

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    @Override
    public void close() {
        client.close();
        replica.destroy();
        try {
            replica.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
