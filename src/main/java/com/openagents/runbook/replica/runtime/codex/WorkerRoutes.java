package com.openagents.runbook.replica.runtime.codex;

import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.http.Principal;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.streams.Signals;
import com.openagents.runbook.replica.runtime.streams.StreamRequest;
import com.openagents.runbook.replica.runtime.streams.Tailer;
import com.openagents.runbook.replica.runtime.sync.Checkpoints;
import com.openagents.runbook.replica.runtime.sync.Journal;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The routes below {@code /internal/v1/codex/workers}. */
public final class WorkerRoutes {
    private static final String WORKERS = "/internal/v1/codex/workers";
    private static final String WORKER = WORKERS + "/:worker_id";
    private static final int BATCH = 500;

    private final InstantSource clock = InstantSource.system();
    private final Signals signals = new Signals();
    private final Workers workers;
    private final CreateRoute create;
    private final ListRoute list;
    private final SessionRoutes session;
    private final long staleAfterMillis;
    private final long defaultTailMillis;

    /** @param project gets the worker id when an event was appended */
    public WorkerRoutes(
            Variables variables, Database database, Journal journal, Sanitizer sanitizer, Consumer<String> project) {
        staleAfterMillis = variables.setting("CODEX_WORKER_HEARTBEAT_STALE_AFTER_MS", 120_000);
        defaultTailMillis = variables.setting("STREAM_TAIL_TIMEOUT_MS", 1_000);
        workers = new Workers(database, journal, sanitizer, clock, workerId -> {
            signals.raise(workerId);
            project.accept(workerId);
        });
        create = new CreateRoute(workers);
        list = new ListRoute(workers, new Checkpoints(database), clock, staleAfterMillis);
        session = new SessionRoutes(workers);
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", WORKERS, Route.Pipeline.API, list::handle),
                new Route("POST", WORKERS, Route.Pipeline.API, create::handle),
                new Route("GET", WORKER + "/snapshot", Route.Pipeline.API, this::snapshot),
                new Route("POST", WORKER + "/requests", Route.Pipeline.API, session::request),
                new Route("POST", WORKER + "/events", Route.Pipeline.API, session::event),
                new Route("POST", WORKER + "/stop", Route.Pipeline.API, session::stop),
                new Route("GET", WORKER + "/stream", Route.Pipeline.STREAM, this::stream));
    }

    private Response snapshot(Request request) throws SQLException {
        var worker = workers.authorize(request.pathParam("worker_id"), Principal.ofWorker(request));
        return Response.json(200, Json.object("data", worker.snapshot(clock.instant(), staleAfterMillis)));
    }

    private Response stream(Request request) throws SQLException {
        var worker = workers.authorize(request.pathParam("worker_id"), Principal.ofWorker(request));
        var wanted = StreamRequest.parse(request, defaultTailMillis);
        long cursor = wanted.cursor().orElse(worker.latestSeq());
        StreamRequest.checkWindow(cursor, workers.oldestSeq(worker.workerId()));
        return new Response.Stream(out -> {
            try (var wakeup = signals.listen(worker.workerId())) {
                new Tailer<>(after -> workers.after(worker.workerId(), after, BATCH), new Encoder(), cursor, out)
                        .follow(wanted.tailMillis(), wakeup);
            }
        });
    }

    private static final class Encoder implements Tailer.Encoder<WorkerEvent> {
        @Override
        public long seq(WorkerEvent event) {
            return event.seq();
        }

        @Override
        public List<String> frames(WorkerEvent event) {
            return List.of("id: " + event.seq() + "\nevent: codex.worker.event\ndata: " + Json.write(event.streamData())
                    + "\n\n");
        }
    }
}
