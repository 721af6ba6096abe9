package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drills as a person makes them on an environment that is there before and after: a replica that another process keeps.
 * Whatever ends a drill, the rollback of the StatefulSet is taken back.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillSafetyProof {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> DRILL = List.of("run", "--tags", "@drill:rollback");

    @TempDir
    private static Path folder;

    private static Process replica;
    private static KubernetesClient client;
    private static String namespace;

    @BeforeAll
    static void start() throws IOException {
        replica = launch("up", List.of("up"));
        await("the replica to be up", () -> text("up").contains("Ctrl-C ends it"));
        var exports = new TreeMap<String, String>();
        var line = Pattern.compile("(?m)^export ([A-Z_]+)='?([^'\\n]*)'?$").matcher(text("up"));
        while (line.find()) {
            exports.put(line.group(1), line.group(2));
        }
        namespace = exports.get("NAMESPACE");
        var kubeconfig = exports.get("KUBECONFIG");
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(Path.of(kubeconfig))))
                .build();
        environment("watched", kubeconfig, exports, "");
        environment("drilled", kubeconfig, exports, "allows: [drill, gate]\ndrills: {clients: 10}\n");
    }

    private static void environment(String name, String kubeconfig, Map<String, String> exports, String allowed)
            throws IOException {
        var jdbc = exports.get("JDBC_URL").replaceFirst("\\?.*", "");
        Files.writeString(folder.resolve("token"), exports.get("API_TOKEN"));
        Files.writeString(folder.resolve("password"), "postgres");
        Files.writeString(
                folder.resolve(name + ".yaml"),
                """
                kind: live
                description: a replica that somebody keeps
                systems:
                  kubernetes: {context: replica, kubeconfig: %s, namespace: %s}
                  database: {url: '%s', user: postgres, password: 'file:%s'}
                  runtime: {url: '%s', signature-secret: 'secret:%s/runtime-secrets/RUNTIME_SIGNATURE_SECRET', user: 42}
                  control-plane: {url: '%s', api-token: 'file:%s'}
                """.formatted(
                                        kubeconfig,
                                        namespace,
                                        jdbc,
                                        folder.resolve("password"),
                                        exports.get("BASE_URL"),
                                        namespace,
                                        exports.get("CONTROL_PLANE_URL"),
                                        folder.resolve("token"))
                        + allowed);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client.close();
        replica.destroy();
        replica.waitFor(60, TimeUnit.SECONDS);
    }

    @Test
    @Order(1)
    void without_consent_nothing_is_changed_and_the_line_to_add_is_shown() throws Exception {
        assertRefused("watched", List.of(), "allows: [drill]");
        assertRefused("drilled", List.of(), "--confirm drilled");
        assertRefused("drilled", List.of("--confirm", "production"), "--confirm names 'production'");
    }

    private static void assertRefused(String environment, List<String> confirmation, String words) throws Exception {
        var before = state();
        var refused = launch("refused", drill(environment, confirmation));

        assertThat(ended(refused)).as(() -> text("refused")).isEqualTo(2);
        assertThat(text("refused")).contains(words, "Nothing was changed");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void a_plan_changes_nothing_and_is_no_pass() throws Exception {
        var before = state();
        var arguments = new ArrayList<>(drill("drilled", List.of()));
        arguments.add("--plan");
        var plan = launch("plan", arguments);

        assertThat(ended(plan)).as(() -> text("plan")).isZero();
        assertThat(text("plan")).contains("PLANNED", "restore the pod template").doesNotContain("passed");
        assertThat(RunRecord.read(folder.resolve("runs/latest")).verdict()).isEqualTo(RunVerdict.PLANNED);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void a_second_drill_is_refused_and_after_a_kill_everything_can_be_recovered() throws Exception {
        var before = state();
        var first = launch("first", drill("drilled", List.of("--confirm", "drilled")));
        awaitChange(before);

        var second = launch("second", drill("drilled", List.of("--confirm", "drilled")));
        assertThat(ended(second)).as(() -> text("second")).isEqualTo(2);
        assertThat(text("second")).contains("A drill is under way", "held by", "Nothing was changed");

        first.destroyForcibly();
        assertThat(ended(first)).isEqualTo(137);
        assertThat(state()).isNotEqualTo(before);

        var recovery = launch(
                "recovery",
                List.of(
                        "recover",
                        "--environment",
                        folder.resolve("drilled.yaml").toString()));
        assertThat(ended(recovery)).as(() -> text("recovery")).isZero();
        assertThat(text("recovery")).contains("restore the pod template", "Everything is back");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void an_interrupted_drill_puts_everything_back_by_itself() throws Exception {
        var before = state();
        var drill = launch("drill", drill("drilled", List.of("--confirm", "drilled")));
        awaitChange(before);

        new ProcessBuilder("kill", "-INT", String.valueOf(drill.pid())).start().waitFor();

        assertThat(ended(drill)).as(() -> text("drill")).isEqualTo(130);
        assertThat(RunRecord.read(folder.resolve("runs/latest")).verdict()).isEqualTo(RunVerdict.ABORTED);
        assertThat(state()).isEqualTo(before);
        assertThat(client.configMaps()
                        .inNamespace(namespace)
                        .withName("runbook-undo-journal")
                        .get())
                .isNull();
    }

    @Test
    @Order(5)
    void the_gate_shows_what_its_jobs_wrote_and_ends_at_once_where_an_image_is_not_there() throws Exception {
        var image = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("runtime")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
        var passed = launch("passed", gate("drilled", image, "drilled"));
        assertThat(ended(passed)).as(() -> text("passed")).isZero();
        assertThat(text("passed")).contains("runtime smoke check passed", "The gate passed with " + image);

        var failed = launch("failed", gate("drilled", image + "-missing", "drilled"));
        assertThat(ended(failed)).as(() -> text("failed")).isEqualTo(1);
        assertThat(text("failed")).contains("runtime-migrate", "Image", "The gate did not pass");

        for (var environment : List.of("watched", "drilled")) {
            var refused = launch("gate-refused", gate(environment, image, "production"));
            assertThat(ended(refused)).as(() -> text("gate-refused")).isEqualTo(2);
            assertThat(text("gate-refused")).contains("Nothing was changed");
        }
    }

    private static List<String> gate(String environment, String image, String confirmed) {
        var file = folder.resolve(environment + ".yaml").toString();
        return List.of("gate", "--environment", file, "--image", image, "--confirm", confirmed);
    }

    private static List<String> drill(String environment, List<String> confirmation) {
        var arguments = new ArrayList<>(DRILL);
        arguments.addAll(
                List.of("--environment", folder.resolve(environment + ".yaml").toString()));
        arguments.addAll(List.of("--output", folder.resolve("runs").toString()));
        arguments.addAll(confirmation);
        return arguments;
    }

    /** What is asked for in the namespace. */
    private static Map<String, Object> state() {
        var state = new TreeMap<String, Object>();
        client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(set -> state.put("StatefulSet " + set.getMetadata().getName(), set.getSpec()));
        client.secrets()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(secret -> state.put("Secret " + secret.getMetadata().getName(), secret.getData()));
        return state;
    }

    private static void awaitChange(Map<String, Object> before) {
        await("the drill to change something", () -> !state().equals(before));
    }

    private static Process launch(String name, List<String> arguments) throws IOException {
        var words = new ArrayList<>(List.of("./runbook"));
        words.addAll(arguments);
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile())
                .start();
    }

    private static int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    private static String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return "";
        }
    }
}
