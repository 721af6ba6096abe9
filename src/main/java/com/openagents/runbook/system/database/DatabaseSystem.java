package com.openagents.runbook.system.database;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.database.ServerAnswer.State;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The database as the runbook asks about it. Every answer is put down as evidence. All questions but
 * {@link #acceptsConnections} throw {@link CouldNotCheck} when the server cannot be reached or refuses them.
 */
public final class DatabaseSystem {
    private static final String NAME = "database";
    private static final String RUN =
            "select r.run_id, r.status, coalesce(l.lease_owner, '') as lease_owner, r.latest_seq"
                    + " from runtime.runs r left join runtime.run_leases l using (run_id)";
    /** The database that every server has. */
    private static final String MAINTENANCE = "postgres";

    private final DatabaseConnection connection;
    private final DatabaseExpectations expected;
    private final EvidenceLog evidence;
    private final ReadOnlySession session;
    private final Psql psql;

    /** @param expected names what to ask for, and is written beside each answer */
    public DatabaseSystem(DatabaseConnection connection, DatabaseExpectations expected, EvidenceLog evidence) {
        this.connection = connection;
        this.expected = expected;
        this.evidence = evidence;
        this.session = new ReadOnlySession(connection);
        this.psql = new Psql(connection);
    }

    /** Whether the server takes connections, and its version (runbook 9). A refusal is an answer too. */
    public ServerAnswer acceptsConnections() {
        var answer = knock();
        var row = new LinkedHashMap<String, String>();
        row.put("server", answer.server());
        row.put("answer", answer.words());
        row.put("version", answer.version().orElse("unknown"));
        saw(
                "Answer of the database server",
                answer.command(),
                List.of(row),
                "accepting connections",
                connection.database());
        return answer;
    }

    /** Whether the server lets this user in with this password; the password appears nowhere. */
    public LoginAnswer login(String user, String password) {
        var answer = LoginAnswer.of(new DatabaseConnection(connection.jdbcUrl(), user, () -> password));
        saw(
                "Login of " + user,
                answer.command(),
                List.of(Map.of("user", user, "answer", answer.words())),
                "refused",
                connection.database());
        return answer;
    }

    /** Which of the expected databases exist (runbook 9). */
    public DatabaseNames databases() {
        var sql = "select datname from pg_database where datname in (%s) order by datname"
                .formatted(expected.databases().stream()
                        .map(DatabaseSystem::literal)
                        .collect(Collectors.joining(",")));
        var names = session.ask(connection.database(), open -> Rows.of(open, sql));
        var command = psql.query(connection.database(), sql);
        saw(
                "Runtime databases",
                command,
                names,
                String.join(" and ", expected.databases()) + " exist",
                connection.database());
        return new DatabaseNames(server(), Rows.column(names, "datname"), command);
    }

    /** The migrations that a database recorded (contract 15.3). */
    public AppliedMigrations migrations(String database) {
        var threshold = "%d migrations, the newest %d".formatted(expected.migrationCount(), expected.newestMigration());
        return migrations(database, threshold);
    }

    /** The migrations of the database that the pods use. */
    public AppliedMigrations migrationsOfRuntime(String heldAgainst) {
        return migrations(runtimeDatabase(), heldAgainst);
    }

    private AppliedMigrations migrations(String database, String threshold) {
        var sql = "select version, inserted_at from public.schema_migrations order by version desc";
        var rows = session.ask(database, open -> {
            var table = Rows.of(open, "select to_regclass('public.schema_migrations')::text as name");
            return table.get(0).get("name").isEmpty() ? List.<Map<String, String>>of() : Rows.of(open, sql);
        });
        var command = psql.query(database, sql);
        saw("Migrations of " + database, command, rows, threshold, database);
        var versions = Rows.column(rows, "version").stream().map(Long::valueOf).toList();
        return new AppliedMigrations(database, versions, command);
    }

    /** The tables and views of a schema; none where the schema does not exist. */
    public SchemaTables tables(String database, String schema) {
        var sql = "select n.nspname || '.' || c.relname as name from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace"
                + " where c.relkind in ('r','p','v','m','f') and n.nspname = " + literal(schema) + " order by 1";
        var rows = session.ask(database, open -> Rows.of(open, sql));
        var command = psql.query(database, sql);
        var threshold = String.join(", ", expected.requiredTables()) + " exist";
        saw("Tables of schema " + schema + " in " + database, command, rows, threshold, database);
        return new SchemaTables(database, schema, Rows.column(rows, "name"), command);
    }

    /** Who may do what in the schemas runtime and control of a database (contract 2.5 and 15.5). */
    public RoleIsolation roleIsolation(String database) {
        var command = psql.describe(database, "\\dn+", "\\dp runtime.*", "\\dp control.*", "\\ddp", "\\du+ oa_*");
        var isolation =
                session.ask(database, open -> new PrivilegeCatalogue(open).read(database, expected.roles(), command));
        saw(
                "Privileges in the schemas runtime and control of " + database,
                command,
                PrivilegeGroup.rows(isolation),
                "each role within its own plane, nothing for PUBLIC",
                database);
        return isolation;
    }

    /**
     * What happened to runs, leases, tools and policy (runbook 3.4). The database of the connection is asked; where that is
     * the one for maintenance, the first of the runtime's.
     */
    public Activity activity(Duration since) {
        var database = runtimeDatabase();
        var answers = new EnumMap<ActivityQuestion, List<Map<String, String>>>(ActivityQuestion.class);
        var refused = new EnumMap<ActivityQuestion, String>(ActivityQuestion.class);
        var commands = new EnumMap<ActivityQuestion, String>(ActivityQuestion.class);
        session.ask(database, open -> {
            for (var question : ActivityQuestion.values()) {
                commands.put(question, psql.query(database, question.sql(since)));
                try {
                    answers.put(question, Rows.of(open, question.sql(since)));
                    saw(question.title(), commands.get(question), answers.get(question), "", database);
                } catch (SQLException e) {
                    refused.put(
                            question, Refusal.of(e, connection.user(), database).words());
                }
            }
            return null;
        });
        return new Activity(database, answers, refused, commands);
    }

    /**
     * What is wrong with runs, leases, tools, policy and sync, by cause (runbook 4).
     *
     * @param heldAgainst what the answer is held against, in words
     */
    public Causes causes(IncidentQuestion question, IncidentThresholds thresholds, String heldAgainst) {
        var sql = question.sql(thresholds);
        var rows = inRuntime(question.title(), sql, heldAgainst);
        return CauseRows.read(question, thresholds.window(), rows, psql.query(runtimeDatabase(), sql));
    }

    /** What the sync journal holds of each topic (runbook 4G). */
    public List<TopicRetention> topics(String heldAgainst) {
        var sql =
                "select s.topic, s.next_watermark as head, min(e.watermark) as oldest from runtime.sync_topic_sequences s"
                        + " left join runtime.sync_stream_events e using (topic) group by 1, 2 order by 1";
        return inRuntime("Topics of the sync journal", sql, heldAgainst).stream()
                .map(CauseRows::topic)
                .toList();
    }

    /** A run that a pod executes now, whose lease goes on longest; empty if there is none (runbook 8.5). */
    public Optional<RunProgress> executedRun(String heldAgainst) {
        return progress("A run that a pod executes", RunProgress.EXECUTED, heldAgainst);
    }

    /** How far this run has come. */
    public Optional<RunProgress> run(String runId, String heldAgainst) {
        return progress("Run " + runId, RunProgress.sql(literal(runId)), heldAgainst);
    }

    private Optional<RunProgress> progress(String title, String sql, String heldAgainst) {
        return inRuntime(title, sql, heldAgainst).stream()
                .map(row -> RunProgress.of(row, psql.query(runtimeDatabase(), sql)))
                .findFirst();
    }

    private List<Map<String, String>> inRuntime(String title, String sql, String heldAgainst) {
        var rows = session.ask(runtimeDatabase(), open -> Rows.of(open, sql));
        saw(title, psql.query(runtimeDatabase(), sql), rows, heldAgainst, runtimeDatabase());
        return rows;
    }

    /** The database of the connection; where that is the one for maintenance, the first of the runtime's. */
    private String runtimeDatabase() {
        return MAINTENANCE.equals(connection.database()) ? expected.databases().get(0) : connection.database();
    }

    private ServerAnswer knock() {
        var database = connection.database();
        try (var open = session.open(database, passwordIfAny())) {
            var version = Rows.of(open, "show server_version").get(0).get("server_version");
            return new ServerAnswer(
                    server(), State.ACCEPTING, Optional.of(version), "accepting connections", psql.ready());
        } catch (SQLException e) {
            var refusal = Refusal.of(e, connection.user(), database);
            var words = refusal.state() == State.ACCEPTING
                    ? "accepting connections, but " + refusal.words()
                    : refusal.words();
            return new ServerAnswer(server(), refusal.state(), Optional.empty(), words, psql.ready());
        }
    }

    /** Whether a server answers can be asked without a password; only the login then fails. */
    private String passwordIfAny() {
        try {
            return session.password();
        } catch (CouldNotCheck e) {
            return null;
        }
    }

    private void saw(String title, String asked, List<Map<String, String>> rows, String threshold, String database) {
        var context = Map.of("server", server(), "database", database, "user", connection.user());
        evidence.saw(new Evidence(title, NAME, asked, new ArrayList<>(rows), threshold, Instant.now(), context));
    }

    private String server() {
        return connection.host() + ":" + connection.port();
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
