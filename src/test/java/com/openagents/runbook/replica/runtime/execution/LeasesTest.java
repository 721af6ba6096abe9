package com.openagents.runbook.replica.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.Rows;
import com.openagents.runbook.replica.runtime.SharedDatabase;
import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.telemetry.LeaseMetrics;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
class LeasesTest {
    private static final Duration TTL = Duration.ofSeconds(30);

    private final Metrics metrics = new Metrics();
    private Instant now = Instant.parse("2026-02-21T12:00:00Z");
    private Database database;
    private Leases leases;
    private TestRuns runs;

    @BeforeEach
    void open(DatabaseReplica replica) {
        database = new Database(
                DatabaseSettings.parse(replica.ectoUrl(DatabaseReplica.TEST), 8), new SystemMetrics(new Metrics()));
        leases = new Leases(database, TTL, () -> now, new LeaseMetrics(metrics));
        runs = new TestRuns(replica);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> operations_answer_by_the_table() {
        return Rows.tests("leases.yaml", row -> {
            var run = runs.create();
            if (!row.containsKey("without")) {
                leases.acquire(run, "one", 0);
                leases.markProgress(run, "one", 5);
            }
            now = now.plusSeconds((int) row.getOrDefault("later", 0));
            var action = (String) row.get("action");

            var result = act(action, run, (String) row.get("by"), (int) row.getOrDefault("knowing", 0));

            assertThat(result.word()).isEqualTo(row.get("result"));
            assertThat(lease(run)).isEqualTo(row.get("after"));
            assertThat(metrics.expose())
                    .contains("openagents_runtime_lease_operation_count{action=\"" + action + "\",result=\""
                            + result.word() + "\"}");
        });
    }

    /** The owner, how far it has come and for how many seconds it is the owner. */
    private String lease(String run) throws Exception {
        return runs.one(
                "SELECT lease_owner || ' ' || last_progress_seq || ' '"
                        + " || extract(epoch FROM lease_expires_at - ?::timestamp)::int"
                        + " FROM runtime.run_leases WHERE run_id = ?",
                now.toString().replace("Z", ""),
                run);
    }

    @Test
    void a_run_that_does_not_exist_has_no_lease() {
        assertThatThrownBy(() -> leases.acquire("nothing", "one", 0)).isInstanceOf(SQLException.class);
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
