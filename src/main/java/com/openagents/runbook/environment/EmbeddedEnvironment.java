package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.database.DatabaseExpectations;
import java.util.List;
import java.util.Optional;

/** The replica of every system, on this machine. */
final class EmbeddedEnvironment implements OpenEnvironment {
    private final DatabaseReplica database;
    private final OfferedSystems offered;

    private EmbeddedEnvironment(DatabaseReplica database, OfferedSystems offered) {
        this.database = database;
        this.offered = offered;
    }

    static EmbeddedEnvironment open(
            EnvironmentFile file,
            DatabaseExpectations expected,
            Redactor redactor,
            Progress progress,
            List<String> faults) {
        var database = progress.phase("start PostgreSQL", () -> DatabaseReplica.start(DatabaseOptions.defaults()));
        var connection = new DatabaseConnection(
                database.jdbcUrl("postgres"),
                DatabaseReplica.POSTGRES,
                () -> database.password(DatabaseReplica.POSTGRES));
        return new EmbeddedEnvironment(
                database, new OfferedSystems(file.name(), Optional.empty(), Optional.of(connection), expected));
    }

    @Override
    public Systems systems(EvidenceLog evidence) {
        return offered.systems(evidence);
    }

    @Override
    public List<Identity> identities() {
        return offered.identities();
    }

    @Override
    public List<String> access() {
        return List.of("JDBC URL  " + database.jdbcUrl("postgres"));
    }

    @Override
    public void close() {
        database.close();
    }
}
