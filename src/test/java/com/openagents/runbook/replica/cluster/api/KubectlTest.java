package com.openagents.runbook.replica.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real kubectl against this server; left out where there is none. */
class KubectlTest {

    private static final long LIMIT_SECONDS = 60;
    private static final String STATEFUL_SET = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: runtime, labels: {app: runtime}}
            spec:
              serviceName: runtime-headless
              replicas: 1
              selector: {matchLabels: {app: runtime}}
              template:
                metadata: {labels: {app: runtime}}
                spec: {containers: [{name: runtime, image: "runtime:%s"}]}
            """;

    @TempDir
    private Path folder;

    private ApiServer server;
    private Path kubeconfig;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(isOnPath(), "kubectl is not on the PATH");
        server = ApiServer.start(ApiServerOptions.defaults());
        kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, server.kubeconfig("default", "replica"));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static boolean isOnPath() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    private String kubectl(String... words) {
        var command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.add("--cache-dir=" + folder.resolve("cache"));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(String.join(" ", command) + "\n" + output)
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String apply(String manifest, String... more) throws IOException {
        var file = folder.resolve("manifest.yaml");
        Files.writeString(file, manifest);
        var words = new ArrayList<>(List.of("apply", "-f", file.toString()));
        words.addAll(List.of(more));
        return kubectl(words.toArray(String[]::new));
    }

    @Test
    void it_applies_and_sees_what_changed() throws IOException {
        assertThat(apply(STATEFUL_SET.formatted("1"))).contains("created");
        assertThat(apply(STATEFUL_SET.formatted("1"))).contains("unchanged");
        assertThat(apply(STATEFUL_SET.formatted("2"))).contains("configured");
        assertThat(apply(STATEFUL_SET.formatted("2"), "--server-side", "--force-conflicts"))
                .contains("serverside-applied");
        assertThat(kubectl("get", "statefulset", "runtime", "-o", "wide"))
                .contains("runtime:2")
                .contains("0/1");
    }

    @Test
    void it_describes_scales_labels_and_waits() throws IOException {
        apply(STATEFUL_SET.formatted("1"));
        kubectl("scale", "statefulset/runtime", "--replicas=3");
        kubectl("label", "statefulset/runtime", "tier=core");
        kubectl("set", "image", "statefulset/runtime", "runtime=runtime:7");

        assertThat(kubectl("describe", "statefulset", "runtime"))
                .contains("3 desired")
                .contains("tier=core")
                .contains("runtime:7");
        kubectl("wait", "--for=jsonpath={.spec.replicas}=3", "statefulset/runtime", "--timeout=10s");
    }

    @Test
    void it_rolls_back_to_an_earlier_revision() throws IOException {
        apply(STATEFUL_SET.formatted("2"));
        var uid = kubectl("get", "statefulset", "runtime", "-o", "jsonpath={.metadata.uid}");
        for (var revision : List.of("1", "2")) {
            apply(revision(revision, uid));
        }

        assertThat(kubectl("rollout", "history", "statefulset/runtime"))
                .contains("1")
                .contains("2");
        kubectl("rollout", "undo", "statefulset/runtime", "--to-revision=1");

        assertThat(kubectl("get", "statefulset", "runtime", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("runtime:1");
    }

    private static String revision(String number, String uid) {
        return """
                apiVersion: apps/v1
                kind: ControllerRevision
                metadata:
                  name: runtime-%1$s
                  labels: {app: runtime}
                  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: runtime, uid: %2$s, controller: true}]
                revision: %1$s
                data: {spec: {template: {$patch: replace, metadata: {labels: {app: runtime}}, spec: {containers: [{name: runtime, image: "runtime:%1$s"}]}}}}
                """.formatted(number, uid);
    }

    @Test
    void it_asks_what_it_may_do() {
        kubectl("create", "serviceaccount", "robot");
        assertThat(kubectl("auth", "can-i", "delete", "pods")).contains("yes");
        assertThat(kubectl("auth", "whoami")).contains("kubernetes-admin");
        assertThat(kubectl("create", "token", "robot").strip()).isNotEmpty();
    }
}
