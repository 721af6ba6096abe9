package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.streams.Signals;
import com.openagents.runbook.replica.runtime.telemetry.StreamMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The routes below {@code /internal/v1/runs}. */
public final class RunRoutes {
    private static final String RUN = "/internal/v1/runs/:run_id";

    private final FrameRoute frames;
    private final StreamRoute stream;
    private final SnapshotRoute snapshot;
    private final CancelRoute cancel;

    /**
     * @param execute asks this pod to work on a run; returns at once
     * @param breakOff asks it to break off and cancel a run; returns at once
     */
    public RunRoutes(
            RuntimeConfig config,
            Database database,
            RunEvents events,
            Signals signals,
            StreamMetrics metrics,
            Consumer<String> execute,
            Consumer<String> breakOff) {
        var clock = InstantSource.system();
        var access = new RunAccess(database);
        var streamSettings = new StreamRoute.Settings(
                config.variables().setting("STREAM_TAIL_TIMEOUT_MS", 1_000),
                config.faults().has(ProcessFaults.STREAM_BREAKS));
        frames = new FrameRoute(access, new Frames(database, clock), execute);
        stream = new StreamRoute(access, events, database, signals, metrics, streamSettings);
        snapshot = new SnapshotRoute(access, database, clock, config.faults().has(ProcessFaults.SNAPSHOT_UNKNOWN));
        cancel = new CancelRoute(access, database, events, clock, breakOff);
    }

    public List<Route> routes() {
        return List.of(
                new Route("POST", RUN + "/frames", Route.Pipeline.API, frames::handle),
                new Route("GET", RUN + "/stream", Route.Pipeline.STREAM, stream::handle),
                new Route("GET", RUN + "/snapshot", Route.Pipeline.API, snapshot::handle),
                new Route("POST", RUN + "/cancel", Route.Pipeline.API, cancel::handle));
    }
}
