package com.openagents.runbook.replica.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.SharedDatabase;
import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.telemetry.LeaseMetrics;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedDatabase.class)
class LeasesTest {
    private static final Duration TTL = Duration.ofSeconds(30);

    private Instant now = Instant.parse("2026-02-21T12:00:00Z");
    private Database database;
    private Leases leases;
    private TestRuns runs;

    @BeforeEach
    void open(DatabaseReplica replica) {
        database = new Database(
                DatabaseSettings.parse(replica.ectoUrl(DatabaseReplica.TEST), 8), new SystemMetrics(new Metrics()));
        leases = new Leases(database, TTL, () -> now, new LeaseMetrics(new Metrics()));
        runs = new TestRuns(replica);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** The table of contract 6.1: a lease of "one" with progress 5, seen by somebody some seconds later. */
    @ParameterizedTest(name = "6.1 {0} by {1} after {2} s, knowing {3}: {4}")
    @CsvSource({
        "acquire, one, 10, 0, RENEWED",
        "acquire, one, 40, 0, RENEWED",
        "acquire, two, 29, 9, LEASE_HELD",
        "acquire, two, 31, 4, LEASE_PROGRESSED",
        "acquire, two, 31, 5, STOLEN",
        "acquire, two, 31, 6, STOLEN",
        "renew, one, 10, 0, OK",
        "renew, one, 40, 0, OK",
        "renew, two, 40, 0, NOT_OWNER",
        "progress, one, 40, 5, OK",
        "progress, one, 10, 6, OK",
        "progress, one, 10, 4, NOT_OWNER",
        "progress, two, 10, 9, NOT_OWNER",
    })
    void operations_on_a_lease_answer_by_the_table(
            String action, String owner, int later, long seq, Leases.Result result) throws Exception {
        var run = runs.create();
        assertThat(leases.acquire(run, "one", 0)).isEqualTo(Leases.Result.ACQUIRED);
        assertThat(leases.markProgress(run, "one", 5)).isEqualTo(Leases.Result.OK);
        now = now.plusSeconds(later);

        assertThat(act(action, run, owner, seq)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"renew, NOT_FOUND", "progress, NOT_FOUND", "acquire, ACQUIRED"})
    void operations_without_a_lease_answer_by_the_table(String action, Leases.Result result) throws Exception {
        assertThat(act(action, runs.create(), "one", 0)).isEqualTo(result);
    }

    @Test
    void a_stolen_lease_keeps_its_progress() throws Exception {
        var run = runs.create();
        leases.acquire(run, "one", 0);
        leases.markProgress(run, "one", 5);
        now = now.plusSeconds(31);

        leases.acquire(run, "two", 5);

        assertThat(runs.one(
                        "SELECT lease_owner || ' ' || last_progress_seq FROM runtime.run_leases WHERE run_id = ?", run))
                .isEqualTo("two 5");
    }

    @Test
    void a_released_lease_is_free_and_only_its_owner_releases_it() throws Exception {
        var run = runs.create();
        leases.acquire(run, "one", 0);

        leases.release(run, "two");
        assertThat(leases.acquire(run, "two", 0)).isEqualTo(Leases.Result.LEASE_HELD);

        leases.release(run, "one");
        assertThat(leases.acquire(run, "two", 0)).isEqualTo(Leases.Result.ACQUIRED);
    }

    @Test
    void of_many_that_ask_at_once_one_gets_the_lease() throws Exception {
        var run = runs.create();
        var threads = Executors.newFixedThreadPool(8);
        try {
            var asking = IntStream.range(0, 8)
                    .<Callable<Leases.Result>>mapToObj(i -> () -> leases.acquire(run, "owner-" + i, 0))
                    .toList();

            var results = threads.invokeAll(asking).stream().map(future -> {
                try {
                    return future.get();
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            });

            assertThat(results.filter(Leases.Result::isHeld)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private Leases.Result act(String action, String run, String owner, long seq) throws Exception {
        return switch (action) {
            case "acquire" -> leases.acquire(run, owner, seq);
            case "renew" -> leases.renew(run, owner);
            default -> leases.markProgress(run, owner, seq);
        };
    }
}
