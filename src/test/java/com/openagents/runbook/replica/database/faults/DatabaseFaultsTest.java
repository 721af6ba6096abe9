package com.openagents.runbook.replica.database.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.steps.database.DatabaseSteps;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.Authority;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.database.DatabaseSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every defect is found by the scenario that looks for it, and by no other. */
class DatabaseFaultsTest {
    private static final String CONNECTIONS = "PostgreSQL accepts connections";
    private static final String DATABASES = "The runtime databases exist";
    private static final String MIGRATIONS = "Migrations ran cleanly and none is pending";
    private static final String TABLES = "The tables that the runtime cannot do without exist";
    private static final String ROLES = "Each plane has its role";
    private static final String RUNTIME = "The runtime role works in the runtime plane only";
    private static final String KHALA = "The khala role only reads what is projected";
    private static final String CONTROL = "The control role writes nothing in the runtime plane";
    private static final String PUBLIC = "Nobody else has a right in the runtime plane";

    private static final Map<String, Consumer<DatabaseSteps>> SCENARIOS = scenarios();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "database-down | " + CONNECTIONS + " | 127.0.0.1:PORT   connection refused",
                "database-missing | " + DATABASES + " | openagents_runtime_test   does not exist on 127.0.0.1:PORT",
                "migration-pending | " + MIGRATIONS
                        + " | openagents_runtime_dev   28 of 29 applied, the newest is 20260220113000 and should be 20260220205000",
                "migration-unknown | " + MIGRATIONS
                        + " | openagents_runtime_dev   30 applied, the newest is 20260301090000; known are 29 up to 20260220205000",
                "required-table-missing | " + TABLES
                        + " | runtime.khala_projection_checkpoints   does not exist in openagents_runtime_dev",
                "role-missing | " + ROLES + " | openagents_runtime_dev   role oa_control_rw does not exist",
                "schema-owner-changed | " + ROLES
                        + " | openagents_runtime_dev   the owner of schema runtime is postgres and should be oa_runtime_owner",
                "runtime-role-cannot-write | " + RUNTIME
                        + " | openagents_runtime_dev   oa_runtime_rw lacks INSERT on runtime.frames",
                "runtime-role-cannot-read-workers | " + RUNTIME
                        + " | openagents_runtime_dev   oa_runtime_rw lacks SELECT on runtime.codex_workers",
                "runtime-role-can-write-control | " + RUNTIME
                        + " | openagents_runtime_dev   oa_runtime_rw: INSERT on control.api_tokens, granted to oa_runtime_rw",
                "khala-role-can-write | " + KHALA + " | openagents_runtime_dev   oa_khala_ro: UPDATE on"
                        + " runtime.khala_projection_checkpoints, granted to oa_khala_ro",
                "khala-role-can-read-runs | " + KHALA
                        + " | openagents_runtime_dev   oa_khala_ro: SELECT on runtime.runs, granted to oa_khala_ro",
                "khala-role-uses-control | " + KHALA
                        + " | openagents_runtime_dev   oa_khala_ro: USAGE on schema control, granted to oa_khala_ro",
                "control-role-can-write | " + CONTROL
                        + " | openagents_runtime_dev   oa_control_rw: INSERT on runtime.runs, granted to oa_control_rw",
                "control-role-can-write-by-membership | " + CONTROL
                        + " | openagents_runtime_dev   oa_control_rw: DELETE, INSERT, UPDATE on runtime.codex_worker_events,"
                        + " runtime.codex_workers, runtime.comms_delivery_events, runtime.ds_artifact_pointers and 26 more,"
                        + " as a member of oa_runtime_rw",
                "control-role-can-write-a-column | " + CONTROL
                        + " | openagents_runtime_dev   oa_control_rw: UPDATE on runtime.runs.status, granted to oa_control_rw",
                "control-role-can-write-future-tables | " + CONTROL
                        + " | openagents_runtime_dev   oa_control_rw: INSERT on tables to come in runtime"
                        + " (created by oa_runtime_owner), granted to oa_control_rw",
                "control-role-owns-a-table | " + CONTROL
                        + " | openagents_runtime_dev   oa_control_rw: OWNER on runtime.tool_specs, as its owner",
                "control-role-is-superuser | " + CONTROL
                        + " | openagents_runtime_dev   oa_control_rw: ALL on everything in runtime, as superuser",
                "public-can-read | " + PUBLIC
                        + " | openagents_runtime_dev   PUBLIC: SELECT on runtime.run_events, granted to PUBLIC"
            })
    void is_found_by_its_scenario_alone(String id, String scenario, String detail) throws Exception {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            var fault = DatabaseFaults.byId(id).orElseThrow();
            fault.inject(replica);

            var findings = findings(replica);

            assertThat(findings).containsOnlyKeys(scenario);
            assertThat(findings.get(scenario).details())
                    .contains(detail.replace("PORT", Integer.toString(replica.port())));
        }
    }

    @Test
    void nothing_is_found_without_a_fault() {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            var incomplete = new TreeMap<String, String>();

            assertThat(findings(replica, incomplete)).isEmpty();
            assertThat(incomplete).isEmpty();
        }
    }

    @Test
    void a_stopped_server_makes_all_other_scenarios_incomplete() throws Exception {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            new DatabaseDown().inject(replica);
            var incomplete = new TreeMap<String, String>();

            findings(replica, incomplete);

            assertThat(incomplete).hasSize(SCENARIOS.size() - 1).doesNotContainKey(CONNECTIONS);
            assertThat(incomplete.get(MIGRATIONS))
                    .isEqualTo(
                            "PostgreSQL at 127.0.0.1:%d, database openagents_runtime_dev, user postgres: connection refused"
                                    .formatted(replica.port()));
        }
    }

    @Test
    void every_fault_is_tried_here() throws Exception {
        var source = Set.copyOf(List.of(getClass()
                .getDeclaredMethod("is_found_by_its_scenario_alone", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value()));
        // Section 3 alone asks for that column.
        assertThat(DatabaseFaults.all())
                .filteredOn(fault -> !fault.id().equals("tool-tasks-changed"))
                .allSatisfy(fault -> assertThat(source).anyMatch(line -> line.startsWith(fault.id() + " ")));
    }

    @Test
    void the_scenarios_here_are_those_of_the_feature() throws IOException {
        var names = Files.readAllLines(Path.of("features/09-local-baseline.feature")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("Scenario: "))
                .map(line -> line.substring("Scenario: ".length()));
        assertThat(names).containsAll(SCENARIOS.keySet());
    }

    private static Map<String, Finding> findings(DatabaseReplica replica) {
        return findings(replica, new TreeMap<>());
    }

    private static Map<String, Finding> findings(DatabaseReplica replica, Map<String, String> incomplete) {
        var connection = new DatabaseConnection(
                replica.jdbcUrl("postgres"),
                DatabaseReplica.POSTGRES,
                () -> replica.password(DatabaseReplica.POSTGRES));
        var expected = DatabaseExpectations.defaults();
        var findings = new TreeMap<String, Finding>();
        SCENARIOS.forEach((name, scenario) -> {
            try {
                scenario.accept(new DatabaseSteps(onlyDatabase(connection, expected), expected));
            } catch (FindingError e) {
                findings.put(name, Finding.parse(e.getMessage()).orElseThrow());
            } catch (CouldNotCheck e) {
                incomplete.put(name, e.getMessage());
            }
        });
        return findings;
    }

    private static Map<String, Consumer<DatabaseSteps>> scenarios() {
        var scenarios = new LinkedHashMap<String, Consumer<DatabaseSteps>>();
        scenarios.put(CONNECTIONS, DatabaseSteps::acceptsConnections);
        scenarios.put(DATABASES, DatabaseSteps::databasesExist);
        scenarios.put(MIGRATIONS, steps -> {
            steps.readMigrations();
            steps.noMigrationIsPending();
            steps.noMigrationIsUnknown();
        });
        scenarios.put(TABLES, DatabaseSteps::requiredTablesExist);
        scenarios.put(ROLES, rights(steps -> {
            steps.rolesExist();
            steps.ownerOwnsRuntime();
        }));
        scenarios.put(RUNTIME, rights(steps -> {
            steps.cannotWrite(Authority.RUNTIME, "control");
            steps.works(Authority.RUNTIME, "runtime");
        }));
        scenarios.put(KHALA, rights(steps -> {
            steps.cannotWrite(Authority.KHALA, "runtime");
            steps.cannotUse(Authority.KHALA, "control");
            steps.readsNothingElse(Authority.KHALA);
            steps.readsProjections(Authority.KHALA);
        }));
        scenarios.put(CONTROL, rights(steps -> steps.cannotWrite(Authority.CONTROL, "runtime")));
        scenarios.put(PUBLIC, rights(steps -> steps.publicHasNothing("runtime")));
        return scenarios;
    }

    private static Consumer<DatabaseSteps> rights(Consumer<DatabaseSteps> scenario) {
        return steps -> {
            steps.readRights();
            scenario.accept(steps);
        };
    }

    private static Systems onlyDatabase(DatabaseConnection connection, DatabaseExpectations expected) {
        return name -> {
            assertThat(name).as("section 9 asks the database only").isEqualTo(SystemName.DATABASE);
            return new DatabaseSystem(connection, expected, seen -> {});
        };
    }
}
