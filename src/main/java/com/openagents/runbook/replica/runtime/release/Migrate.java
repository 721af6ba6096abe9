package com.openagents.runbook.replica.runtime.release;

import com.openagents.runbook.replica.database.Migration;
import com.openagents.runbook.replica.database.Migrations;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.logging.Log;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The migration commands of the release (contract 15.3), with the log lines of Ecto. */
final class Migrate {
    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final Log log;

    Migrate(DatabaseSettings settings, Log log) {
        this.log = log;
        database.setUrl(settings.jdbcUrl());
        database.setUser(settings.user());
        database.setPassword(settings.password());
    }

    void migrate() throws ReleaseError {
        report("forward", () -> Migrations.migrate(database));
    }

    void migrateAndVerify() throws ReleaseError {
        report("forward", () -> Migrations.migrateAndVerify(database));
    }

    void rollback(long version) throws ReleaseError {
        report("backward", () -> Migrations.rollbackTo(database, version));
    }

    private void report(String direction, Step step) throws ReleaseError {
        try {
            var done = step.run();
            done.forEach(
                    migration -> log.info("== Ran " + migration.version() + " " + migration.name() + " " + direction));
            if (done.isEmpty()) {
                log.info("Migrations already up");
            }
        } catch (IllegalStateException broken) {
            throw new ReleaseError("RuntimeError", broken.getMessage());
        } catch (SQLException refused) {
            throw new ReleaseError("Postgrex.Error", refused.getMessage());
        }
    }

    private interface Step {
        List<Migration> run() throws SQLException;
    }
}
