package com.openagents.runbook.replica.runtime.spend;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.spend.Reservations.Key;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class SpendPropertyTest {
    private static final long TOTAL = 100;

    private final ExecutorService pods = Executors.newFixedThreadPool(2);
    private DatabaseReplica server;
    private Database database;
    private TestRuns rows;
    private Reservations reservations;

    @BeforeProperty
    void start() {
        server = DatabaseReplica.start(DatabaseOptions.defaults());
        database = new Database(
                DatabaseSettings.parse(server.ectoUrl(DatabaseReplica.TEST), 2), new SystemMetrics(new Metrics()));
        rows = new TestRuns(server);
        reservations = new Reservations(database, InstantSource.system(), false);
    }

    @AfterProperty
    void stop() {
        pods.shutdownNow();
        database.close();
        server.close();
    }

    /** Both pods work at once; a budget keeps what the database remembers of every call, and never more than its total. */
    @Property(tries = 40)
    void two_pods_never_overspend_and_the_books_agree_with_the_states(
            @ForAll("acts") @Size(max = 12) List<Act> first, @ForAll("acts") @Size(max = 12) List<Act> second)
            throws Exception {
        var run = rows.create();
        var authorization = "auth-" + UUID.randomUUID();
        rows.execute(
                "INSERT INTO runtime.spend_authorizations (authorization_id, owner_user_id, max_total_sats, issued_at,"
                        + " inserted_at, updated_at) VALUES (?, 7, ?::bigint, now(), now(), now())",
                authorization,
                String.valueOf(TOTAL));

        for (var pod : pods.invokeAll(List.of(work(first, authorization, run), work(second, authorization, run)))) {
            assertThat(pod.get()).as("most that was ever spent or reserved").isBetween(0L, TOTAL);
        }

        assertThat(booked(authorization)).isEqualTo(remembered(authorization));
    }

    private Callable<Long> work(List<Act> acts, String authorization, String run) {
        return () -> {
            long most = 0;
            for (var act : acts) {
                var key = new Key(authorization, run, act.call());
                switch (act.word()) {
                    case "reserve" -> reservations.reserve(key, act.amount(), Reservations.SAFE_RETRY);
                    case "commit" -> reservations.commit(key);
                    case "release" -> reservations.release(key, "test");
                    default -> reservations.requireReconciliation(key, "test");
                }
                var used = rows.one(
                        "SELECT (spent_sats + reserved_sats)::text FROM runtime.spend_authorizations"
                                + " WHERE authorization_id = ?",
                        authorization);
                most = Math.max(most, Long.parseLong(used));
            }
            return most;
        };
    }

    private String booked(String authorization) throws Exception {
        return rows.one(
                "SELECT spent_sats || ' ' || reserved_sats FROM runtime.spend_authorizations WHERE authorization_id = ?",
                authorization);
    }

    private String remembered(String authorization) throws Exception {
        return rows.one(
                "SELECT coalesce(sum(amount_sats) FILTER (WHERE state = 'committed'), 0) || ' ' ||"
                        + " coalesce(sum(amount_sats) FILTER (WHERE state IN ('reserved', 'reconcile_required')), 0)"
                        + " FROM runtime.spend_reservations WHERE authorization_id = ?",
                authorization);
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        var words = Arbitraries.of("reserve", "reserve", "reserve", "commit", "release", "reconcile");
        return Combinators.combine(
                        words,
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.longs().between(1, 60))
                .as(Act::new)
                .list();
    }

    /** One thing a pod does about a call. */
    record Act(String word, String call, long amount) {}
}
