package com.openagents.runbook.replica.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseReplicaTest {
    @Test
    void starts_with_both_databases_migrated() throws Exception {
        try (var replica = DatabaseReplica.start(DatabaseOptions.defaults())) {
            for (var database : DatabaseReplica.DATABASES) {
                var source = replica.dataSource(database, DatabaseReplica.POSTGRES);
                assertThat(Migrations.pending(source)).isEmpty();
                assertThat(Migrations.list()).hasSize(29);
            }
        }
    }
}
