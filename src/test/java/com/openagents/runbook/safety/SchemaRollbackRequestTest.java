package com.openagents.runbook.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.system.database.AppliedMigrations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaRollbackRequestTest {
    private static final Instant NOW = Instant.parse("2026-02-21T13:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static SchemaRollbackRequest request(long version, Instant backup) {
        var applied = new AppliedMigrations("openagents_runtime", List.of(1L, 2L, 3L), "psql");
        return new SchemaRollbackRequest(applied, version, backup, NOW);
    }

    @Test
    void an_applied_migration_and_a_fresh_backup_are_all_it_takes() {
        var request = request(2, NOW.minus(MINUTE));

        assertThat(request.problems()).isEmpty();
        assertThat(request.plan())
                .anyMatch(line -> line.endsWith("made: 3, 2"))
                .anyMatch(line -> line.contains("OpenAgentsRuntime.Release.rollback(OpenAgentsRuntime.Repo, 2)"))
                .last()
                .isEqualTo("Nothing was changed.");
    }

    @Test
    void a_migration_that_is_not_applied_is_a_problem() {
        assertThat(request(4, NOW.minus(MINUTE)).problems())
                .singleElement()
                .asString()
                .contains("Migration 4 is not applied in openagents_runtime; the newest is 3");
    }

    @Test
    void a_backup_must_be_made_already_and_must_not_be_old() {
        assertThat(request(2, NOW.plus(MINUTE)).problems())
                .singleElement()
                .asString()
                .contains("not made yet");
        assertThat(request(2, NOW.minus(Duration.ofMinutes(61))).problems())
                .singleElement()
                .asString()
                .contains("would be lost");
        assertThat(request(2, NOW.minus(Duration.ofMinutes(60))).problems()).isEmpty();
    }
}
