package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.runtime.http.Changeset;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import com.openagents.runbook.replica.runtime.runs.Frames.NewFrame;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** Contract 3.7: stores a frame; what it causes happens later. */
final class FrameRoute {
    private final RunAccess access;
    private final Frames frames;
    private final Consumer<String> execute;

    FrameRoute(RunAccess access, Frames frames, Consumer<String> execute) {
        this.access = access;
        this.frames = frames;
        this.execute = execute;
    }

    Response handle(Request request) throws SQLException {
        access.authorize(request);
        var runId = request.pathParam("run_id");
        var frame = parse(request.body());
        var outcome = frames.submit(runId, frame);
        return switch (outcome) {
            case RUN_MISSING -> throw HttpError.notFound("run not found");
            case CONFLICT -> throw HttpError.conflict("frame_id payload mismatch for existing frame");
            case REPLAYED -> accepted(200, runId, frame, true);
            case ACCEPTED -> {
                execute.accept(runId);
                yield accepted(202, runId, frame, false);
            }
        };
    }

    private static Response accepted(int status, String runId, NewFrame frame, boolean replay) {
        return Response.json(
                status,
                Json.object(
                        "runId", runId, "frameId", frame.frameId(), "status", "accepted", "idempotentReplay", replay));
    }

    private static NewFrame parse(Map<String, Object> body) {
        var changes = new Changeset();
        var frameId = changes.requiredText("frame_id", body.get("frame_id"));
        var typeKey = body.containsKey("type") ? "type" : "frame_type";
        var type = changes.requiredText("frame_type", body.get(typeKey));
        var occurredAt = occurredAt(changes, body.get("occurred_at"));
        changes.check();
        return new NewFrame(frameId, type, payload(body.get("payload")), occurredAt);
    }

    private static Instant occurredAt(Changeset changes, Object value) {
        if (value == null) {
            return null;
        }
        var parsed = value instanceof String text ? Timestamps.parse(text) : java.util.Optional.<Instant>empty();
        if (parsed.isEmpty()) {
            changes.invalid("occurred_at", "utc_datetime_usec");
        }
        return parsed.orElse(null);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> payload(Object value) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        // Not an answer but a crash, as in the service: nobody checks the shape before it is used.
        throw new IllegalStateException("payload is not a map");
    }
}
