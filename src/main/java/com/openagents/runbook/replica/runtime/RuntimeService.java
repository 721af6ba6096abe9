package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.auth.NonceStore;
import com.openagents.runbook.replica.runtime.auth.TokenVerifier;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Notifications;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.execution.Execution;
import com.openagents.runbook.replica.runtime.http.Dispatcher;
import com.openagents.runbook.replica.runtime.http.Gate;
import com.openagents.runbook.replica.runtime.http.HttpListener;
import com.openagents.runbook.replica.runtime.jobs.Jobs;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.khala.Hub;
import com.openagents.runbook.replica.runtime.khala.SyncSocket;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.spend.StuckReservations;
import com.openagents.runbook.replica.runtime.streams.Signals;
import com.openagents.runbook.replica.runtime.sync.Journal;
import com.openagents.runbook.replica.runtime.sync.Reprojection;
import com.openagents.runbook.replica.runtime.sync.SyncJobs;
import com.openagents.runbook.replica.runtime.telemetry.HttpMetrics;
import com.openagents.runbook.replica.runtime.telemetry.KhalaMetrics;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.RunMetrics;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import com.openagents.runbook.replica.runtime.telemetry.TelemetryLog;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import com.openagents.runbook.replica.runtime.tools.ToolWork;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One running service: what is started, in which order, and how it stops (contract 0.2). */
public final class RuntimeService {
    private static final long COMPACTION_MILLIS = 10;

    private final RuntimeConfig config;
    private final Log log;
    private final Threads threads = new Threads();
    private final Metrics metrics;
    private final RunMetrics runMetrics;
    private final HttpMetrics httpMetrics;
    private final SystemMetrics systemMetrics;
    private final SyncMetrics syncMetrics;
    private final ToolMetrics toolMetrics;
    private final Signals runSignals = new Signals();
    private final Database database;
    private final Notifications notifications;
    private final Sanitizer sanitizer;
    private final SyncJobs sync;
    private final RunEvents events;
    private final Execution execution;
    private final Hub hub;
    private final Optional<HttpListener> listener;

    private RuntimeService(RuntimeConfig config, Log log, Runnable onDatabaseLost) throws BootFailure {
        this.config = config;
        this.log = log;
        var faults = config.faults();
        metrics = new Metrics(
                faults.has(ProcessFaults.UNFED_METRICS),
                new TelemetryLog(log, faults.has(ProcessFaults.TELEMETRY_NOT_LOGGED)),
                config.variables().setting("METRICS_PERCENTILE_SECONDS", Metrics.PERCENTILE_SECONDS));
        runMetrics = new RunMetrics(metrics);
        httpMetrics = new HttpMetrics(metrics);
        systemMetrics = new SystemMetrics(metrics);
        syncMetrics = new SyncMetrics(metrics);
        toolMetrics = new ToolMetrics(metrics, faults.has(ProcessFaults.BREAKER_SERIES_STICK));
        database = new Database(config.database(), systemMetrics);
        sanitizer = faults.has(ProcessFaults.SANITIZER_EATS_DATES) ? Sanitizer.published() : Sanitizer.intended();
        sync = new SyncJobs(config, database, new KhalaMetrics(metrics), log);
        events = new RunEvents(database, sanitizer, InstantSource.system(), sync.projector()::projectRun);
        hub = new Hub(config.listener().nodeName(), faults.has(ProcessFaults.LIVE_PUSH_OWN_POD_ONLY));
        notifications = notifications(onDatabaseLost);
        start("OpenAgentsRuntime.Runs.EventListener", notifications::start);
        var toolWork = new ToolWork(config, database, events, sanitizer, toolMetrics);
        execution = new Execution(config, database, events, metrics, runMetrics, toolWork, log);
        threads.sampleInto(systemMetrics);
        var jobs = new Jobs(threads.timer(), log);
        sync.start(jobs, syncMetrics, toolMetrics);
        settleStuckReservations(jobs);
        if (faults.has(ProcessFaults.ERRORS_IN_LOG)) {
            jobs.every(COMPACTION_MILLIS, "Memory.CompactionJob", RuntimeService::compactionFails);
        }
        listener = config.listener().enabled() ? Optional.of(listen()) : Optional.empty();
    }

    /**
     * @param onDatabaseLost what ends the process when the database is gone
     * @throws BootFailure when the database or the port cannot be had
     */
    public static RuntimeService start(RuntimeConfig config, Log log, Runnable onDatabaseLost) throws BootFailure {
        return new RuntimeService(config, log, onDatabaseLost);
    }

    public Optional<InetSocketAddress> address() {
        return listener.map(HttpListener::address);
    }

    private Notifications notifications(Runnable onDatabaseLost) {
        var channels = List.of(RunEvents.CHANNEL, Journal.CHANNEL, Reprojection.CHANNEL);
        var heard = new Notifications(config.database(), channels, lost -> {
            log.error("(Postgrex.Notifications) failed to connect to Postgres: " + lost.getMessage());
            log.notice("Application openagents_runtime exited: shutdown");
            onDatabaseLost.run();
        });
        heard.subscribe(RunEvents.CHANNEL, payload -> {
            runMetrics.notified();
            runSignals.raise(String.valueOf(Json.readObject(payload).get("run_id")));
        });
        heard.subscribe(Journal.CHANNEL, hub::notified);
        heard.subscribe(
                Reprojection.CHANNEL,
                payload -> threads.workers().execute(() -> sync.reprojection().requested(payload)));
        return heard;
    }

    private void settleStuckReservations(Jobs jobs) {
        if (!config.faults().has(ProcessFaults.STUCK_RESERVATIONS_STAY)) {
            var age = Duration.ofMillis(config.variables().setting("STUCK_RESERVATION_AGE_MS", 60_000));
            var reservations = new StuckReservations(database, age, InstantSource.system());
            jobs.every(
                    config.variables().setting("STUCK_RESERVATION_INTERVAL_MS", 30_000),
                    "Spend.Reservations",
                    reservations::cycle);
        }
    }

    private static void compactionFails() {
        throw new IllegalStateException("no function clause matching in Memory.Compactor.compact/2");
    }

    private HttpListener listen() throws BootFailure {
        var verifier = new TokenVerifier(
                config.acceptedSecrets(),
                new NonceStore(config.faults().has(ProcessFaults.NONCE_PER_CONNECTION)),
                config.clock());
        boolean probesNeedSignature = config.faults().has(ProcessFaults.HEALTH_NEEDS_SIGNATURE);
        var gate = new Gate(
                verifier, () -> config.variables().truthy("LEGACY_RUNTIME_WRITE_FREEZE", false), probesNeedSignature);
        var routes = new Router(config, database, events, sync, sanitizer, metrics, toolMetrics)
                .routes(runSignals, execution::trigger, execution::cancel);
        var dispatcher = new Dispatcher(routes, gate, threads.workers(), httpMetrics, log);
        var socket = new SyncSocket(
                config, hub, sync.journal(), syncMetrics, httpMetrics, threads.sockets(), threads.timer(), log);
        var where = config.listener();
        var opened = new HttpListener[1];
        start(
                "OpenAgentsRuntimeWeb.Endpoint",
                () -> opened[0] = HttpListener.open(where, dispatcher, socket, threads.streams(), httpMetrics, log));
        log.info("Running OpenAgentsRuntimeWeb.Endpoint with Bandit 1.10.2 at "
                + where.bindAddress().orElse("::") + ":" + opened[0].address().getPort() + " (http)");
        log.info("Access OpenAgentsRuntimeWeb.Endpoint at https://" + where.publicHost());
        return opened[0];
    }

    public void stop() {
        try {
            if (listener.isPresent()) {
                listener.get().drain(config.listener().drainMillis());
            }
            threads.stop();
            execution.stop();
            notifications.close();
            database.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (SQLException alreadyGone) {
            // The connection is closed either way.
        }
    }

    private static void start(String child, Start step) throws BootFailure {
        try {
            step.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BootFailure(child, interrupted);
        } catch (Exception refused) {
            throw new BootFailure(child, refused);
        }
    }

    private interface Start {
        void run() throws Exception;
    }
}
