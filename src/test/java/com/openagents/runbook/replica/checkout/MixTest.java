package com.openagents.runbook.replica.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.node.ReplicaJvm;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.SharedDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The mix of the replica's checkout, started as a person starts it. */
@ExtendWith(SharedDatabase.class)
class MixTest {
    private static final Map<String, String> OWN = Map.of("MIX_ENV", "test", "MIX_TEST_PARTITION", "_mix");

    @TempDir
    private Path folder;

    @Test
    void a_database_is_created_once_and_migrated_once(DatabaseReplica database) throws Exception {
        var checkout = checkout(database);
        var mine = Map.of("MIX_ENV", "test", "MIX_TEST_PARTITION", "_created");

        assertThat(mix(checkout, mine, "ecto.create").text()).contains("Repo has been created");
        assertThat(mix(checkout, mine, "ecto.create").text()).contains("Repo has already been created");
        assertThat(mix(checkout, mine, "ecto.migrate").text()).contains("== Migrated 20260218030000", "20260220205000");
        assertThat(mix(checkout, mine, "ecto.migrate").text()).contains("Migrations already up");
        try (var connection = database.dataSource("openagents_runtime_test_created", DatabaseReplica.POSTGRES)
                        .getConnection();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM public.schema_migrations")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(29);
        }
    }

    @Test
    void the_contract_check_sees_routes_statuses_and_headings_that_differ(DatabaseReplica database) throws Exception {
        var checkout = checkout(database);
        assertThat(mix(checkout, OWN, "runtime.contract.check"))
                .isEqualTo(new Ended(0, "runtime contract check passed\n"));

        edit(checkout, "docs/openapi-internal-v1.yaml", "  /health:", "  /healthy:");
        edit(checkout, "docs/openapi-internal-v1.yaml", "\"410\"", "\"411\"");
        edit(checkout, "docs/RUNTIME_CONTRACT.md", "### POST /internal/v1/tools/execute", "### Tools");

        var ended = mix(checkout, OWN, "runtime.contract.check");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.text())
                .contains(
                        "runtime contract check failed:\n",
                        "  - [internal API contract] GET /health is routed and not in the OpenAPI document",
                        "  - [internal API contract] GET /healthy is in the OpenAPI document and not routed",
                        "GET /runs/{run_id}/stream statuses must be [200, 400, 401, 403, 404, 410]",
                        "docs/RUNTIME_CONTRACT.md has no heading for POST /tools/execute");
    }

    @Test
    void the_tests_pass_and_a_defect_of_the_service_fails_them(DatabaseReplica database) throws Exception {
        var checkout = checkout(database);
        var healthy = mix(checkout, OWN, "test");
        assertThat(healthy.text()).contains("26 tests, 0 failures");
        assertThat(healthy.status()).isZero();

        Files.createDirectories(checkout.runtime().resolve("config"));
        Files.writeString(checkout.runtime().resolve("config/test.env"), "OA_REPLICA_FAULTS=stream-breaks\n");

        var broken = mix(checkout, OWN, "test", "test/openagents_runtime/load/runtime_shape_load_test.exs");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.text()).contains("1 test, 1 failure", "the janitor recovers a run and its stream resumes");
    }

    @Test
    void a_task_or_a_test_that_is_not_there_fails(DatabaseReplica database) throws Exception {
        var checkout = checkout(database);

        assertThat(mix(checkout, OWN, "phx.server"))
                .isEqualTo(new Ended(1, "** (Mix) The task \"phx.server\" could not be found\n"));
        assertThat(mix(checkout, OWN, "test", "test/none_test.exs").text()).contains("did not match any");
    }

    private CheckoutReplica checkout(DatabaseReplica database) {
        return CheckoutReplica.in(folder, ReplicaJvm.plain(), database);
    }

    private record Ended(int status, String text) {}

    private static Ended mix(CheckoutReplica checkout, Map<String, String> variables, String... words)
            throws Exception {
        var command = new ArrayList<String>();
        command.add(checkout.programs().resolve("mix").toString());
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    private static void edit(CheckoutReplica checkout, String name, String from, String to) throws Exception {
        var file = checkout.runtime().resolve(name);
        var text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
