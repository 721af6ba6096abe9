package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.RunEvent;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.http.ChunkWriter;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.streams.Signals;
import com.openagents.runbook.replica.runtime.streams.StreamRequest;
import com.openagents.runbook.replica.runtime.streams.Tailer;
import com.openagents.runbook.replica.runtime.telemetry.Origin;
import com.openagents.runbook.replica.runtime.telemetry.StreamMetrics;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Contract 3.8: the events of a run as server-sent events. */
final class StreamRoute {
    private static final int BATCH = 500;

    private final RunAccess access;
    private final RunEvents events;
    private final Database database;
    private final Signals signals;
    private final StreamMetrics metrics;
    private final Settings settings;

    StreamRoute(
            RunAccess access,
            RunEvents events,
            Database database,
            Signals signals,
            StreamMetrics metrics,
            Settings settings) {
        this.access = access;
        this.events = events;
        this.database = database;
        this.signals = signals;
        this.metrics = metrics;
        this.settings = settings;
    }

    Response handle(Request request) throws SQLException {
        access.authorize(request);
        var runId = request.pathParam("run_id");
        var wanted = StreamRequest.parse(request, settings.defaultTailMillis());
        long cursor = wanted.cursor().isPresent() ? wanted.cursor().get() : latestSeq(runId);
        StreamRequest.checkWindow(cursor, events.oldestSeq(runId));
        return new Response.Stream(out -> follow(new Origin(request.logId(), runId), cursor, wanted.tailMillis(), out));
    }

    private long latestSeq(String runId) throws SQLException {
        return database.query(sql -> Run.find(sql, runId)).map(Run::latestSeq).orElse(0L);
    }

    private void follow(Origin origin, long cursor, long tailMillis, ChunkWriter out) throws Exception {
        long startedAt = System.nanoTime();
        var runId = origin.runId();
        try (var wakeup = signals.listen(runId)) {
            var tailer = new Tailer<>(after -> events.after(runId, after, BATCH), new RunEncoder(), cursor, out);
            var tally = tailer.follow(tailMillis, wakeup);
            metrics.session(
                    origin,
                    tally.outcome(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt),
                    tally.events(),
                    tally.chunks(),
                    tally.wakeups(),
                    tally.polls());
        }
    }

    /**
     * @param defaultTailMillis how long a stream lasts when the client does not say
     * @param breaks whether every event breaks the stream, as without the protocol files (A3)
     */
    record Settings(long defaultTailMillis, boolean breaks) {}

    private final class RunEncoder implements Tailer.Encoder<RunEvent> {
        @Override
        public long seq(RunEvent event) {
            return event.seq();
        }

        @Override
        public List<String> frames(RunEvent event) {
            if (settings.breaks()) {
                throw new AdapterError("layer0 run event adapter validation failed:"
                        + " events.proto RunEvent missing oneof payload field run_started");
            }
            return SseFrames.of(event);
        }

        @Override
        public boolean ends(RunEvent event) {
            return event.type().equals("run.finished");
        }

        @Override
        public void sent(RunEvent event, int frames, boolean ok) {
            metrics.emitted(event.type(), ok ? "ok" : "closed", frames);
        }
    }
}
