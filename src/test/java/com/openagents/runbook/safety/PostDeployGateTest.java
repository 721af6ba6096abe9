package com.openagents.runbook.safety;

import static com.openagents.runbook.replica.cluster.SharedCluster.SHELL;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.system.kubernetes.GateRun;
import com.openagents.runbook.system.kubernetes.UnsharedSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The gate as the command and the drills run it, and what the daily checks find of it when its Jobs are gone. */
@ExtendWith(SharedCluster.class)
class PostDeployGateTest {
    private static final String SECRET = "of-somebody";

    @TempDir
    private Path manifests;

    private SharedCluster.Lab lab;
    private String namespace;

    @BeforeEach
    void use(SharedCluster.Lab shared) {
        lab = shared;
        namespace = lab.newNamespace();
    }

    @Test
    void both_jobs_complete_with_the_image_and_are_on_record_when_they_are_gone() throws IOException {
        job("runtime-migrate", "echo migrated");
        job("runtime-smoke", "echo it works, password=" + SECRET);

        var result = run(SHELL);

        assertThat(result.passed()).as(result.words()).isTrue();
        assertThat(result.lines()).contains("runtime-migrate is complete", "  migrated");
        assertThat(String.join("", result.lines())).doesNotContain(SECRET);
        assertThat(onRecord().outcome()).isEqualTo(GateRun.Outcome.COMPLETE);

        lab.cluster().client().batch().v1().jobs().inNamespace(namespace).delete();
        SharedCluster.await(
                "the Jobs to be gone",
                () -> lab.cluster()
                        .client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty());

        assertThat(onRecord().exists()).isTrue();
        assertThat(onRecord().outcome()).isEqualTo(GateRun.Outcome.COMPLETE);
        assertThat(onRecord().image()).isEqualTo(SHELL);
        assertThat(configMap()).doesNotContain(SECRET);
    }

    @Test
    void a_migration_that_fails_ends_the_gate_at_once_and_shows_what_it_wrote() throws IOException {
        job("runtime-migrate", "echo required runtime table missing; exit 1");
        job("runtime-smoke", "echo never");

        var result = run(SHELL);

        assertThat(result.passed()).isFalse();
        assertThat(result.runs()).hasSize(1);
        assertThat(result.words()).contains("runtime-migrate failed: BackoffLimitExceeded");
        assertThat(result.lines()).contains("  required runtime table missing");
    }

    @Test
    void an_image_that_cannot_be_pulled_ends_the_gate_at_once() throws IOException {
        job("runtime-migrate", "echo never");
        job("runtime-smoke", "echo never");

        var result = run("registry.test/nothing:1");

        assertThat(result.passed()).isFalse();
        assertThat(result.words()).contains("runtime-migrate failed").contains("ImagePull");
    }

    @Test
    void a_later_gate_takes_the_place_of_an_earlier_one() throws IOException {
        job("runtime-migrate", "echo migrated");
        job("runtime-smoke", "echo it works");
        run(SHELL);
        job("runtime-migrate", "exit 1");

        run(SHELL);
        lab.cluster()
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName("runtime-smoke")
                .delete();
        SharedCluster.await(
                "the smoke Job to be gone",
                () -> lab.cluster()
                                .client()
                                .batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace)
                                .withName("runtime-smoke")
                                .get()
                        == null);

        assertThat(onRecord().exists()).as("a smoke run of another gate").isFalse();
    }

    private GateResult run(String image) {
        var redactor = new Redactor();
        var ground = BareGround.of(lab.cluster().client(), namespace, manifests, redactor::redact);
        return new PostDeployGate(ground, said -> {}).run(image);
    }

    private GateRun onRecord() {
        return UnsharedSystem.of(lab.cluster().client(), namespace, seen -> {}).newestSmokeRun("complete");
    }

    private String configMap() {
        return lab.cluster()
                .client()
                .configMaps()
                .inNamespace(namespace)
                .withName("runbook-gate")
                .get()
                .getData()
                .toString();
    }

    private void job(String name, String script) throws IOException {
        Files.writeString(manifests.resolve(name + "-job.yaml"), """
                apiVersion: batch/v1
                kind: Job
                spec:
                  backoffLimit: 0
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                        - name: main
                          image: none
                          command: ["/bin/sh", "-c", "%s"]
                """.formatted(script));
    }
}
