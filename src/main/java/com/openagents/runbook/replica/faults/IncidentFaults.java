package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * What incidents leave behind in the tables of the runtime. Each belongs to runs whose ids begin with {@code fault-}, so
 * that they can be taken away again.
 */
final class IncidentFaults {
    private static final String RUN = """
            INSERT INTO runtime.runs (run_id, thread_id, status, owner_user_id, latest_seq, inserted_at, updated_at)
            SELECT 'fault-%1$s-' || n, 'fault', '%2$s', 42, %3$d, timezone('utc', now()), timezone('utc', now())
            FROM generate_series(1, %4$d) AS n;
            """;
    private static final String EVENT = """
            INSERT INTO runtime.run_events (run_id, seq, event_type, payload, inserted_at)
            SELECT 'fault-%1$s-' || n, %2$d, '%3$s', '%4$s', timezone('utc', now()) FROM generate_series(1, %5$d) AS n;
            """;

    private IncidentFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                new LeftInTables(
                        "run-never-finished",
                        "a run ended as succeeded without saying run.finished",
                        RUN.formatted("end", "succeeded", 1, 1) + EVENT.formatted("end", 1, "run.started", "{}", 1)),
                new LeftInTables(
                        "run-finished-twice",
                        "a run said run.finished twice, as when two executors held it",
                        RUN.formatted("twice", "failed", 2, 1)
                                + EVENT.formatted("twice", 1, "run.finished", "{\"status\": \"failed\"}", 1)
                                + EVENT.formatted("twice", 2, "run.finished", "{\"status\": \"failed\"}", 1)),
                new LeftInTables(
                        "cancel-storm",
                        "forty runs were canceled within moments by a client that gives up",
                        RUN.formatted("cancel", "canceled", 2, 40)
                                + EVENT.formatted(
                                        "cancel", 1, "run.cancel_requested", "{\"reason\": \"client gave up\"}", 40)
                                + EVENT.formatted("cancel", 2, "run.finished", "{\"status\": \"canceled\"}", 40)),
                new JanitorStopped(),
                new ProviderDown(),
                new LeftInTables(
                        "tool-time-outs",
                        "a tool runs into its time limit again and again",
                        RUN.formatted("tool", "running", 0, 1) + task("tool", "timed_out", "timed_out_at", 30)),
                new LeftInTables(
                        "tool-goes-on",
                        "a tool call goes on for an hour although its run is canceled",
                        RUN.formatted("overdue", "canceled", 1, 1)
                                + EVENT.formatted("overdue", 1, "run.finished", "{\"status\": \"canceled\"}", 1)
                                + task("overdue", "running", "running_at", 1)),
                new LeftInTables(
                        "budget-exhausted",
                        "forty tool calls were denied because a budget is used up",
                        RUN.formatted("denied", "running", 1, 40)
                                + EVENT.formatted(
                                        "denied",
                                        1,
                                        "policy.decision",
                                        "{\"decision\": \"denied\", \"authorization_id\": \"fault-auth\","
                                                + " \"reason_code\": \"policy_denied.budget_exhausted\"}",
                                        40)),
                new LeftInTables(
                        "budget-drained", "of a delegated budget of 1000 sats 980 are spent or set aside", """
                        INSERT INTO runtime.spend_authorizations (authorization_id, owner_user_id, mode, max_total_sats,
                          spent_sats, reserved_sats, issued_at, inserted_at, updated_at)
                        VALUES ('fault-auth', 42, 'delegated_budget', 1000, 900, 80, timezone('utc', now()),
                          timezone('utc', now()), timezone('utc', now()))"""),
                new LeftInTables(
                        "runaway-loop",
                        "a workload sends the same frame over and over, and the runtime notices",
                        RUN.formatted("loop", "failed", 2, 1)
                                + EVENT.formatted(
                                        "loop",
                                        1,
                                        "run.loop_detected",
                                        "{\"detector\": \"generic_repeat\", \"count\": 20,"
                                                + " \"reason_code\": \"loop_detected.no_progress\"}",
                                        1)
                                + EVENT.formatted(
                                        "loop", 2, "run.finished", "{\"reason_class\": \"loop_detected\"}", 1)),
                new RetentionStopped());
    }

    /** Ordinary traffic does the rest: three failures in a row open the breaker of a pod. */
    private record ProviderDown() implements ReplicaFault {
        private static final int UNAVAILABLE = 503;
        /** Pods are asked in turn. */
        private static final int THREE_ON_EACH_POD = 6;

        @Override
        public String id() {
            return "tool-provider-down";
        }

        @Override
        public String description() {
            return "the provider of the coding tools answers every call with 503, and its circuit breaker opens";
        }

        @Override
        public void inject(Replica replica) {
            int before = replica.provider().calls();
            replica.provider().failWith(UNAVAILABLE);
            Awaitility.await("the provider to be called in vain")
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> replica.provider().calls() >= before + THREE_ON_EACH_POD);
        }

        @Override
        public void heal(Replica replica) {
            replica.provider().failWith(0);
        }
    }

    private static String task(String run, String state, String column, int count) {
        return """
                INSERT INTO runtime.tool_tasks (run_id, tool_call_id, tool_name, state, error_class, queued_at, %1$s,
                  inserted_at, updated_at)
                SELECT 'fault-%2$s-1', 'call-' || n, 'github.get_issue', '%3$s',
                  CASE '%3$s' WHEN 'timed_out' THEN 'timeout' END, at, at, at, at
                FROM generate_series(1, %4$d) AS n,
                  (SELECT CASE '%3$s' WHEN 'running' THEN timezone('utc', now()) - interval '1 hour'
                          ELSE timezone('utc', now()) END AS at) AS moment
                """.formatted(column, run, state, count);
    }

    private static void execute(Replica replica, String sql) {
        try (var connection = replica.database()
                        .dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES)
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the fault could not be put in: " + e.getMessage(), e);
        }
    }

    private static void clean(Replica replica) {
        execute(replica, """
                DELETE FROM runtime.runs WHERE run_id LIKE 'fault-%';
                DELETE FROM runtime.spend_authorizations WHERE authorization_id LIKE 'fault-%';
                DELETE FROM runtime.sync_stream_events WHERE doc_key LIKE 'fault-%'""");
    }

    private record LeftInTables(String id, String description, String sql) implements ReplicaFault {
        @Override
        public void inject(Replica replica) {
            execute(replica, sql);
        }

        @Override
        public void heal(Replica replica) {
            clean(replica);
        }
    }

    /** A stale lease stays only where no janitor takes it up. */
    private record JanitorStopped(ProcessFault pods) implements ReplicaFault {
        JanitorStopped() {
            this(new ProcessFault(
                    "janitor-stopped",
                    "the janitor of no pod goes its rounds, and a run has a lease that ended an hour ago",
                    Set.of(),
                    Map.of("OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "3600000")));
        }

        @Override
        public String id() {
            return pods.id();
        }

        @Override
        public String description() {
            return pods.description();
        }

        @Override
        public void inject(Replica replica) {
            pods.inject(replica);
            execute(replica, RUN.formatted("lease", "running", 0, 1) + """
                    INSERT INTO runtime.run_leases (run_id, lease_owner, lease_expires_at, heartbeat_at, inserted_at,
                      updated_at)
                    SELECT 'fault-lease-1', 'runtime@gone:agent', at, at, at, at
                    FROM (SELECT timezone('utc', now()) - interval '1 hour' AS at) AS moment""");
        }

        @Override
        public void heal(Replica replica) {
            clean(replica);
            pods.heal(replica);
        }
    }

    private record RetentionStopped(ProcessFault pods) implements ReplicaFault {
        RetentionStopped() {
            this(new ProcessFault(
                    "retention-stopped",
                    "the retention job of no pod runs, and sync events of two days ago are still there",
                    Set.of(),
                    Map.of("OA_REPLICA_KHALA_SYNC_RETENTION_INTERVAL_MS", "3600000")));
        }

        @Override
        public String id() {
            return pods.id();
        }

        @Override
        public String description() {
            return pods.description();
        }

        @Override
        public void inject(Replica replica) {
            pods.inject(replica);
            execute(replica, """
                    INSERT INTO runtime.sync_stream_events (topic, watermark, doc_key, doc_version, inserted_at)
                    SELECT 'runtime.notifications', n, 'fault-' || n, 1, timezone('utc', now()) - interval '2 days'
                    FROM generate_series(1, 3) AS n""");
        }

        @Override
        public void heal(Replica replica) {
            clean(replica);
            pods.heal(replica);
        }
    }
}
