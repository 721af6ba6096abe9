package com.openagents.runbook.replica.checkout.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;

/** All defects of the checkout. */
public final class CheckoutFaults {
    private static final String OPEN_API = "docs/openapi-internal-v1.yaml";
    private static final String REPORT = "docs/reports/2026-02-21-runtime-khala-restart-reconnect-chaos-report.md";
    private static final String SETTINGS = "config/test.env";

    private CheckoutFaults() {}

    public static List<CheckoutFault> all() {
        return List.of(
                new CheckoutFault(
                        "source-unformatted",
                        "a document of the working copy has trailing blanks",
                        at -> change(at, "docs/RUNTIME_CONTRACT.md", "internal API\n", "internal API  \n")),
                new CheckoutFault(
                        "asset-job-command-wrong",
                        "the migration job migrates without verifying",
                        at -> change(at, "deploy/jobs/migration-job.yaml", "migrate_and_verify!()", "migrate()")),
                new CheckoutFault(
                        "network-policy-open",
                        "the network policy lets every pod of the namespace reach HTTP",
                        at -> change(
                                at,
                                "deploy/k8s/base/networkpolicy-ingress.yaml",
                                "openagents.io/runtime-http-client",
                                "openagents.io/anybody")),
                new CheckoutFault(
                        "smoke-test-fails",
                        "the smoke check of the working copy starts nothing before it looks (A2)",
                        at -> set(at, "OA_REPLICA_FAULTS=smoke-not-started")),
                new CheckoutFault(
                        "drill-fails",
                        "the janitor of the working copy gives a run up at its first lost executor",
                        at -> set(at, "OA_REPLICA_JANITOR_MAX_RECOVERY_ATTEMPTS=0")),
                new CheckoutFault(
                        "drill-report-missing",
                        "the latest report of the drills was deleted",
                        at -> Files.delete(at.checkout().runtime().resolve(REPORT))),
                new CheckoutFault(
                        "database-cannot-be-created",
                        "the template that new databases are copied from is gone",
                        CheckoutFaults::loseTemplate),
                new CheckoutFault(
                        "migration-fails",
                        "the working copy has a new migration of a table that does not exist",
                        CheckoutFaults::addMigration),
                new CheckoutFault(
                        "runtime-test-fails",
                        "the snapshot of the working copy does not read the run (C6)",
                        at -> set(at, "OA_REPLICA_FAULTS=snapshot-unknown")),
                new CheckoutFault(
                        "route-undocumented",
                        "the OpenAPI document lacks a route that the service has",
                        at -> change(at, OPEN_API, "  /runs/{run_id}/cancel:\n", "  /runs/{run_id}/abort:\n")));
    }

    private static void change(Replica replica, String name, String from, String to) throws IOException {
        var file = replica.checkout().runtime().resolve(name);
        var text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IllegalStateException(name + " of the checkout does not hold what is to be changed");
        }
        Files.writeString(file, text.replace(from, to));
    }

    private static void set(Replica replica, String line) throws IOException {
        var file = replica.checkout().runtime().resolve(SETTINGS);
        Files.createDirectories(file.getParent());
        Files.writeString(file, line + "\n");
    }

    /** New databases are copies of template1. */
    private static void loseTemplate(Replica replica) throws SQLException {
        // Only a database that is still missing meets the defect, and the one for tests is not to be missing.
        execute(replica, "postgres", "CREATE DATABASE openagents_runtime_test_runbook");
        execute(replica, "postgres", "ALTER DATABASE template1 RENAME TO template_lost");
    }

    private static void addMigration(Replica replica) throws IOException {
        Files.writeString(
                replica.checkout()
                        .runtime()
                        .resolve("priv/repo/migrations/20260301090000_add_since_to_tool_owners.sql"),
                "ALTER TABLE runtime.tool_owners ADD COLUMN since timestamp;\n");
    }

    private static void execute(Replica replica, String database, String sql) throws SQLException {
        try (var connection = replica.database()
                        .dataSource(database, DatabaseReplica.POSTGRES)
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
