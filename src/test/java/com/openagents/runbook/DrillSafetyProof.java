package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private static final List<String> DRILL = List.of("run", "--tags", "@drill:rollback");

    @TempDir
    private static Path folder;

    private static KeptReplica kept;
    private static KubernetesClient client;
    private static String namespace;

    @BeforeAll
    static void start() throws IOException {
        kept = new KeptReplica(folder);
        client = kept.client();
        namespace = kept.namespace();
        kept.environment("watched", kept.kubeconfig(), "");
        kept.environment("drilled", kept.kubeconfig(), "allows: [drill, gate]\ndrills: {clients: 10}\n");
    }

    @AfterAll
    static void stop() {
        kept.close();
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
        var refused = kept.launch("refused", drill(environment, confirmation));

        assertThat(KeptReplica.ended(refused)).as(() -> kept.text("refused")).isEqualTo(2);
        assertThat(kept.text("refused")).contains(words, "Nothing was changed");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void a_plan_changes_nothing_and_is_no_pass() throws Exception {
        var before = state();
        var arguments = new ArrayList<>(drill("drilled", List.of()));
        arguments.add("--plan");
        var plan = kept.launch("plan", arguments);

        assertThat(KeptReplica.ended(plan)).as(() -> kept.text("plan")).isZero();
        assertThat(kept.text("plan"))
                .contains("PLANNED", "restore the pod template")
                .doesNotContain("passed");
        assertThat(RunRecord.read(folder.resolve("runs/latest")).verdict()).isEqualTo(RunVerdict.PLANNED);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void a_second_drill_is_refused_and_after_a_kill_everything_can_be_recovered() throws Exception {
        var before = state();
        var first = kept.launch("first", drill("drilled", List.of("--confirm", "drilled")));
        KeptReplica.await(
                "the first drill to hold the lock",
                () -> !client.leases().inNamespace(namespace).list().getItems().isEmpty());

        var second = kept.launch("second", drill("drilled", List.of("--confirm", "drilled")));
        assertThat(KeptReplica.ended(second)).as(() -> kept.text("second")).isEqualTo(2);
        assertThat(kept.text("second")).contains("A drill is under way", "held by", "Nothing was changed");

        awaitChange(before);
        first.destroyForcibly();
        assertThat(KeptReplica.ended(first)).isEqualTo(137);
        assertThat(state()).isNotEqualTo(before);

        var recovery = kept.launch(
                "recovery",
                List.of(
                        "recover",
                        "--environment",
                        folder.resolve("drilled.yaml").toString()));
        assertThat(KeptReplica.ended(recovery)).as(() -> kept.text("recovery")).isZero();
        assertThat(kept.text("recovery")).contains("restore the pod template", "Everything is back");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void an_interrupted_drill_puts_everything_back_by_itself() throws Exception {
        var before = state();
        var drill = kept.launch("drill", drill("drilled", List.of("--confirm", "drilled")));
        awaitChange(before);

        new ProcessBuilder("kill", "-INT", String.valueOf(drill.pid())).start().waitFor();

        assertThat(KeptReplica.ended(drill)).as(() -> kept.text("drill")).isEqualTo(130);
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
        var passed = kept.launch("passed", gate("drilled", image, "drilled"));
        assertThat(KeptReplica.ended(passed)).as(() -> kept.text("passed")).isZero();
        assertThat(kept.text("passed")).contains("runtime smoke check passed", "The gate passed with " + image);

        var failed = kept.launch("failed", gate("drilled", image + "-missing", "drilled"));
        assertThat(KeptReplica.ended(failed)).as(() -> kept.text("failed")).isEqualTo(1);
        assertThat(kept.text("failed")).contains("runtime-migrate", "Image", "The gate did not pass");

        for (var environment : List.of("watched", "drilled")) {
            var refused = kept.launch("gate-refused", gate(environment, image, "production"));
            assertThat(KeptReplica.ended(refused))
                    .as(() -> kept.text("gate-refused"))
                    .isEqualTo(2);
            assertThat(kept.text("gate-refused")).contains("Nothing was changed");
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
        KeptReplica.await("the drill to change something", () -> !state().equals(before));
    }
}
