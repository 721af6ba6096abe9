package com.openagents.runbook.replica.checkout;

import com.openagents.runbook.replica.database.MigrationFiles;
import com.openagents.runbook.replica.database.Migrations;
import java.io.PrintStream;
import java.sql.SQLException;

/** The tasks {@code ecto.create} and {@code ecto.migrate}, which may be repeated (contract 15.1). */
final class Ecto {
    private final Workspace workspace;
    private final PrintStream out;

    /** @param out where the tasks tell what they did */
    Ecto(Workspace workspace, PrintStream out) {
        this.workspace = workspace;
        this.out = out;
    }

    void create() throws MixError {
        var name = workspace.database();
        try (var connection = workspace.dataSource("postgres").getConnection();
                var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var statement = connection.createStatement()) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                if (rows.next()) {
                    out.println("The database for OpenAgentsRuntime.Repo has already been created");
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + name);
            out.println("The database for OpenAgentsRuntime.Repo has been created");
        } catch (SQLException refused) {
            throw new MixError(
                    "** (Mix) The database for OpenAgentsRuntime.Repo couldn't be created: " + refused.getMessage());
        }
    }

    void migrate() throws MixError {
        var files = MigrationFiles.in(workspace.runtime().resolve("priv/repo/migrations"));
        try {
            var done = Migrations.migrate(workspace.dataSource(workspace.database()), files);
            done.forEach(
                    migration -> out.println("[info] == Migrated " + migration.version() + " " + migration.name()));
            if (done.isEmpty()) {
                out.println("[info] Migrations already up");
            }
        } catch (SQLException refused) {
            throw new MixError("** (Postgrex.Error) " + refused.getMessage());
        }
    }
}
