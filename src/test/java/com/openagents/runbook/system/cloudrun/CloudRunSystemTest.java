package com.openagents.runbook.system.cloudrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.replica.cloudrun.CloudRunOptions;
import com.openagents.runbook.replica.cloudrun.CloudRunReplica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.SharedDatabase;
import com.openagents.runbook.system.cloudrun.MigrationHistory.Execution;
import com.openagents.runbook.system.cloudrun.MigrationHistory.Outcome;
import com.openagents.runbook.system.cloudrun.ServiceState.Traffic;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The client against the replica: each change of the replica's state, as the client tells it. */
@ExtendWith(SharedDatabase.class)
class CloudRunSystemTest {
    private static final String TOKEN = "a-token-of-cloud-run";
    private static final String BEFORE = "registry.test/runtime:before";
    private static final String NOW = "registry.test/runtime:now";

    @TempDir
    private Path folder;

    private final List<Evidence> evidence = new ArrayList<>();
    private CloudRunReplica replica;
    private CloudRunSystem system;

    @BeforeEach
    void start(DatabaseReplica database) {
        var variables = Map.of(
                "DATABASE_URL", database.ectoUrl(DatabaseReplica.DEV),
                "SECRET_KEY_BASE", "x".repeat(64),
                "RUNTIME_SIGNATURE_SECRET", "signature");
        replica = CloudRunReplica.start(
                new CloudRunOptions(TOKEN, variables, folder.resolve("receipt.json")), BEFORE, NOW);
        system = system(TOKEN, CloudRunReplica.SERVICE);
    }

    @AfterEach
    void close() {
        replica.close();
    }

    private CloudRunSystem system(String token, String service) {
        return new CloudRunSystem(
                new CloudRunAccess(
                        replica.uri(),
                        CloudRunReplica.PROJECT,
                        CloudRunReplica.REGION,
                        service,
                        CloudRunReplica.JOB,
                        Optional.of("openagents_runtime_dev"),
                        Optional.of(replica.receipt()),
                        () -> token,
                        Duration.ofSeconds(10)),
                evidence::add);
    }

    @Test
    void the_chained_deploy_leaves_service_job_execution_and_receipt_of_one_image() {
        var service = system.service("its image");
        var job = system.migrationJob("its image");
        var newest = newest();
        var receipt = system.receipt("its image");

        assertThat(service.image()).isEqualTo(NOW);
        assertThat(service.isReady()).isTrue();
        assertThat(service.deploying()).isFalse();
        assertThat(service.readyRevision()).isEqualTo(service.newestRevision());
        assertThat(service.traffic()).containsExactly(new Traffic(service.newestRevision(), 100));
        assertThat(service.revisions()).hasSize(2);
        assertThat(job.container().image()).isEqualTo(NOW);
        assertThat(job.container().arguments()).containsExactly("eval", CloudRunReplica.VERIFYING);
        assertThat(newest.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(newest.container()).isEqualTo(job.container());
        assertThat(newest.createdAt()).isAfter(service.imageSince().orElseThrow());
        assertThat(newest.completedAt().orElseThrow()).isAfter(newest.createdAt());
        assertThat(receipt.fields().keySet()).containsExactlyInAnyOrderElementsOf(DeployReceipt.FIELDS);
        assertThat(receipt.field("deployed_image")).contains(NOW);
        assertThat(evidence)
                .extracting(Evidence::system)
                .containsOnly("cloud-run")
                .hasSize(4);
        assertThat(evidence.toString()).doesNotContain(TOKEN);
    }

    @Test
    void a_deploy_alone_changes_the_service_and_nothing_else() {
        var migrated = newest();

        replica.deploy("registry.test/runtime:next");

        assertThat(system.service("").image()).isEqualTo("registry.test/runtime:next");
        assertThat(system.migrationJob("").container().image()).isEqualTo(NOW);
        assertThat(newest()).isEqualTo(migrated);
    }

    @Test
    void the_same_image_again_does_not_count_as_a_deploy() {
        var since = system.service("").imageSince();

        replica.deploy(NOW);

        assertThat(system.service("").imageSince()).isEqualTo(since);
    }

    @Test
    void traffic_that_was_shifted_back_reaches_the_revision_before() {
        replica.shiftTrafficBack();

        var service = system.service("");
        var served = service.revision(service.traffic().get(0).revision()).orElseThrow();
        assertThat(served.image()).isEqualTo(BEFORE);
        assertThat(service.image()).isEqualTo(NOW);
    }

    @Test
    void an_updated_job_is_told_before_it_is_executed_and_its_execution_after() {
        replica.updateJob(NOW, CloudRunReplica.FALLBACK);
        assertThat(system.migrationJob("").container().arguments()).containsExactly("eval", CloudRunReplica.FALLBACK);
        assertThat(newest().container().arguments()).containsExactly("eval", CloudRunReplica.VERIFYING);

        assertThat(replica.executeJob(Map.of())).isTrue();

        assertThat(newest().container().arguments()).containsExactly("eval", CloudRunReplica.FALLBACK);
    }

    @Test
    void a_migration_that_does_not_reach_its_database_fails() {
        assertThat(replica.executeJob(Map.of("DATABASE_URL", "ecto://nobody:nothing@127.0.0.1:1/none")))
                .isFalse();

        assertThat(newest().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(newest().message()).contains("exited with an error");
    }

    @Test
    void a_job_that_was_made_again_has_no_execution() {
        replica.recreateJob();

        assertThat(system.migrations("").newest()).isEmpty();
    }

    @Test
    void the_newest_execution_is_found_behind_more_than_one_page() {
        replica.recreateJob();
        for (int i = 0; i < 101; i++) {
            replica.executeJob(Map.of());
        }
        replica.updateJob(BEFORE, CloudRunReplica.VERIFYING);
        replica.executeJob(Map.of());

        assertThat(newest().container().image()).isEqualTo(BEFORE);
    }

    @Test
    void a_receipt_that_is_not_there_has_no_fields_and_a_broken_one_cannot_be_checked() throws Exception {
        Files.delete(replica.receipt());
        assertThat(system.receipt("").fields()).isEmpty();

        Files.writeString(replica.receipt(), "{\"image\": \"a \"quoted\" one\"}");
        assertThatThrownBy(() -> system.receipt(""))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("is no JSON object");
    }

    @Test
    void what_the_environment_does_not_say_is_asked_for() {
        var silent = new CloudRunSystem(
                new CloudRunAccess(
                        URI.create("http://127.0.0.1:1"),
                        "p",
                        "r",
                        "s",
                        "j",
                        Optional.empty(),
                        Optional.empty(),
                        () -> TOKEN,
                        Duration.ofSeconds(1)),
                evidence::add);

        assertThatThrownBy(() -> silent.receipt(""))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("add systems.cloud-run.receipt");
        assertThatThrownBy(silent::database)
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("add systems.cloud-run.database");
    }

    @Test
    void an_unknown_service_and_a_wrong_token_are_told_with_what_to_do() {
        assertThatThrownBy(() -> system(TOKEN, "runtim").service(""))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("404 NOT_FOUND")
                .hasMessageContaining("check project, region, service and job");
        assertThatThrownBy(
                        () -> system("a-wrong-token", CloudRunReplica.SERVICE).service(""))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("401 UNAUTHENTICATED")
                .hasMessageContaining("gcloud auth application-default login")
                .hasMessageNotContaining("a-wrong-token");
        assertThat(system("a-wrong-token", CloudRunReplica.SERVICE).identity().answers())
                .isFalse();
        assertThat(system.identity().answers()).isTrue();
    }

    private Execution newest() {
        return system.migrations("").newest().orElseThrow();
    }
}
