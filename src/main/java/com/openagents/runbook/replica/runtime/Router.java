package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.codex.WorkerRoutes;
import com.openagents.runbook.replica.runtime.comms.DeliveryRoute;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.runs.RunRoutes;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.skills.Registry;
import com.openagents.runbook.replica.runtime.skills.SkillRoutes;
import com.openagents.runbook.replica.runtime.streams.Signals;
import com.openagents.runbook.replica.runtime.sync.SyncJobs;
import com.openagents.runbook.replica.runtime.telemetry.KhalaMetrics;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.StreamMetrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import com.openagents.runbook.replica.runtime.tools.ExecuteRoute;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Everything that the service answers over HTTP (contract 3.5). */
public final class Router {
    private final RuntimeConfig config;
    private final Database database;
    private final RunEvents events;
    private final SyncJobs sync;
    private final Sanitizer sanitizer;
    private final Metrics metrics;
    private final ToolMetrics toolMetrics;

    Router(
            RuntimeConfig config,
            Database database,
            RunEvents events,
            SyncJobs sync,
            Sanitizer sanitizer,
            Metrics metrics,
            ToolMetrics toolMetrics) {
        this.config = config;
        this.database = database;
        this.events = events;
        this.sync = sync;
        this.sanitizer = sanitizer;
        this.metrics = metrics;
        this.toolMetrics = toolMetrics;
    }

    /** The routes of a service with this configuration, to be looked at only: nothing is started or connected. */
    public static List<Route> routesOf(RuntimeConfig config) {
        var metrics = new Metrics();
        var database = new Database(config.database(), new SystemMetrics(metrics));
        var log = new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        var sync = new SyncJobs(config, database, new KhalaMetrics(metrics), log);
        var sanitizer = Sanitizer.intended();
        var events = new RunEvents(database, sanitizer, InstantSource.system(), run -> {});
        return new Router(config, database, events, sync, sanitizer, metrics, new ToolMetrics(metrics, false))
                .routes(new Signals(), run -> {}, run -> {});
    }

    /**
     * @param execute asks this pod to work on a run; returns at once
     * @param cancel asks it to break off and cancel a run; returns at once
     */
    List<Route> routes(Signals runSignals, Consumer<String> execute, Consumer<String> cancel) {
        var routes = new ArrayList<Route>();
        routes.add(new HealthRoute(config.faults()).route());
        if (!config.faults().has(ProcessFaults.NO_METRICS)) {
            routes.add(new Route(
                    "GET",
                    "/metrics",
                    Route.Pipeline.OPEN,
                    request -> Response.text(200, Metrics.CONTENT_TYPE, metrics.expose())));
        }
        routes.addAll(new RunRoutes(config, database, events, runSignals, new StreamMetrics(metrics), execute, cancel)
                .routes());
        routes.addAll(new WorkerRoutes(
                        config.variables(), database, sync.journal(), sanitizer, sync.projector()::projectWorker)
                .routes());
        var registry = new Registry(database);
        routes.add(new ExecuteRoute(config, registry, toolMetrics).route());
        routes.addAll(new SkillRoutes(database, registry).routes());
        routes.add(new DeliveryRoute(database).route());
        return routes;
    }
}
