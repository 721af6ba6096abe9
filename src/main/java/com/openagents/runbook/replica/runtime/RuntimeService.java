package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.auth.NonceStore;
import com.openagents.runbook.replica.runtime.auth.TokenVerifier;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Notifications;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.execution.Execution;
import com.openagents.runbook.replica.runtime.http.Dispatcher;
import com.openagents.runbook.replica.runtime.http.Gate;
import com.openagents.runbook.replica.runtime.http.HttpListener;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.runs.RunRoutes;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.streams.Signals;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.RunMetrics;
import com.openagents.runbook.replica.runtime.telemetry.StreamMetrics;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One running service: what is started, in which order, and how it stops (contract 0.2). */
public final class RuntimeService {
    private static final List<String> CHANNELS = List.of("runtime_run_events", "runtime_sync_stream");

    private final RuntimeConfig config;
    private final Database database;
    private final Notifications notifications;
    private final Threads threads;
    private final Metrics metrics = new Metrics();
    private final Signals runSignals = new Signals();
    private final RunEvents events;
    private final Execution execution;
    private final Optional<HttpListener> listener;

    private RuntimeService(RuntimeConfig config, Log log, Runnable onDatabaseLost) throws BootFailure {
        this.config = config;
        threads = new Threads();
        database = new Database(config.database());
        notifications = new Notifications(config.database(), CHANNELS, lost -> {
            log.error("(Postgrex.Notifications) failed to connect to Postgres: " + lost.getMessage());
            log.notice("Application openagents_runtime exited: shutdown");
            onDatabaseLost.run();
        });
        start("OpenAgentsRuntime.Runs.EventListener", notifications::start);
        var runMetrics = new RunMetrics(metrics);
        notifications.subscribe(RunEvents.CHANNEL, payload -> {
            runMetrics.notified();
            runSignals.raise(String.valueOf(Json.readObject(payload).get("run_id")));
        });
        var sanitizer =
                config.faults().has(ProcessFaults.SANITIZER_EATS_DATES) ? Sanitizer.published() : Sanitizer.intended();
        events = new RunEvents(database, sanitizer, InstantSource.system(), runId -> {});
        execution = new Execution(config, database, events, metrics, runMetrics, log);
        listener = config.listener().enabled() ? Optional.of(listen(log)) : Optional.empty();
    }

    /**
     * @param onDatabaseLost what ends the process when the database is gone
     * @throws BootFailure when the database or the port cannot be had
     */
    static RuntimeService start(RuntimeConfig config, Log log, Runnable onDatabaseLost) throws BootFailure {
        return new RuntimeService(config, log, onDatabaseLost);
    }

    Optional<InetSocketAddress> address() {
        return listener.map(HttpListener::address);
    }

    private HttpListener listen(Log log) throws BootFailure {
        var verifier = new TokenVerifier(config.signatureSecret(), new NonceStore(), InstantSource.system());
        var gate = new Gate(
                verifier, RuntimeService::writesFrozen, config.faults().has(ProcessFaults.HEALTH_NEEDS_SIGNATURE));
        var dispatcher = new Dispatcher(routes(), gate, threads.workers(), log);
        var where = config.listener();
        var opened = new HttpListener[1];
        start(
                "OpenAgentsRuntimeWeb.Endpoint",
                () -> opened[0] = HttpListener.open(where, dispatcher, threads.streams(), log));
        log.info("Running OpenAgentsRuntimeWeb.Endpoint with Bandit 1.10.2 at "
                + where.bindAddress().orElse("::") + ":" + opened[0].address().getPort() + " (http)");
        log.info("Access OpenAgentsRuntimeWeb.Endpoint at https://" + where.publicHost());
        return opened[0];
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.add(new HealthRoute(config.faults()).route());
        routes.add(new Route(
                "GET",
                "/metrics",
                Route.Pipeline.OPEN,
                request -> Response.text(200, Metrics.CONTENT_TYPE, metrics.expose())));
        routes.addAll(
                new RunRoutes(config, database, events, runSignals, new StreamMetrics(metrics), execution::trigger)
                        .routes());
        return routes;
    }

    /** Read per request, as the service does; a running process cannot see a change, a restarted one does. */
    private static boolean writesFrozen() {
        return new Variables(System.getenv()).truthy("LEGACY_RUNTIME_WRITE_FREEZE", false);
    }

    void stop() {
        try {
            if (listener.isPresent()) {
                listener.get().drain(config.listener().drainMillis());
            }
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
