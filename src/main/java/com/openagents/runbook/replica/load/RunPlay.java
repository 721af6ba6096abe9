package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** One run from its beginning to its end, as a client sees it: every event once, in order, and the end exactly once. */
final class RunPlay {
    private static final Pattern ID = Pattern.compile("(?m)^id: (\\d+)\\ndata: (.*)$");
    private static final int MOST_SESSIONS = 60;

    private final LoadTarget target;
    private final RuntimeClient client;
    private final LoadProfile profile;
    private final Tally tally;
    private final String runId = "load-" + UUID.randomUUID();
    private final String threadId = "thread-" + runId;
    private long seen;
    private int ends;

    RunPlay(LoadTarget target, RuntimeClient client, LoadProfile profile, Tally tally) {
        this.target = target;
        this.client = client;
        this.profile = profile;
        this.tally = tally;
    }

    /** @param canceled whether the run is canceled rather than completed */
    void play(boolean canceled) throws IOException, InterruptedException, SQLException {
        create();
        for (int i = 0; i < profile.framesPerRun(); i++) {
            frame("text-" + i, "user_message", Json.object("text", "frame " + i + " of " + runId));
        }
        if (canceled) {
            expect(202, post("/cancel", Json.object("thread_id", threadId, "reason", "no longer wanted")), "cancel");
        } else {
            frame("end", "complete", Map.of());
        }
        follow();
    }

    private void create() throws SQLException {
        try (var connection = target.database().getConnection();
                var run = connection.prepareStatement(
                        "INSERT INTO runtime.runs (run_id, thread_id, owner_user_id,"
                                + " inserted_at, updated_at) VALUES (?, ?, ?, timezone('utc', now()), timezone('utc', now()))");
                var owner = connection.prepareStatement("INSERT INTO runtime.run_ownerships (run_id, thread_id,"
                        + " user_id, inserted_at, updated_at) VALUES (?, ?, ?, timezone('utc', now()),"
                        + " timezone('utc', now()))")) {
            for (var statement : new java.sql.PreparedStatement[] {run, owner}) {
                statement.setString(1, runId);
                statement.setString(2, threadId);
                statement.setLong(3, target.user());
                statement.executeUpdate();
            }
        }
    }

    private void frame(String frameId, String type, Map<String, Object> payload)
            throws IOException, InterruptedException {
        var body = Json.object("thread_id", threadId, "frame_id", frameId, "type", type, "payload", payload);
        int status = post("/frames", body);
        // A frame that was asked again after its pod went away may have been taken the first time.
        if (status != 202 && status != 200) {
            tally.error("frame of " + runId + " was answered " + status);
        }
        tally.frames.incrementAndGet();
    }

    private int post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        return client.ask("POST", "/runs/" + runId + path, body, claims()).statusCode();
    }

    private Map<String, Object> claims() {
        return Json.object("run_id", runId, "thread_id", threadId);
    }

    private void expect(int status, int answered, String what) {
        if (answered != status && answered != 200) {
            tally.error(what + " of " + runId + " was answered " + answered);
        }
    }

    /** Session after session, each from where the one before ended, until the run has said that it is finished. */
    private void follow() throws IOException, InterruptedException {
        for (int session = 0; session < MOST_SESSIONS && ends == 0; session++) {
            var query = "?thread_id=" + threadId + "&cursor=" + seen + "&tail_ms=" + profile.tailMillis();
            var answer = client.ask("GET", "/runs/" + runId + "/stream" + query, Map.of(), claims());
            if (answer.statusCode() != 200) {
                tally.error("stream of " + runId + " was answered " + answer.statusCode());
                return;
            }
            take(answer.body());
        }
        if (ends == 1) {
            tally.runs.incrementAndGet();
        } else {
            tally.lost("run " + runId + " said " + ends + " times that it was finished");
        }
    }

    private void take(String stream) {
        var events = ID.matcher(stream);
        while (events.find()) {
            if (events.group(2).equals("[DONE]")) {
                continue;
            }
            long id = Long.parseLong(events.group(1));
            if (id != seen + 1) {
                tally.lost("stream of " + runId + ": event " + id + " came after " + seen);
            }
            seen = id;
            tally.streamEvents.incrementAndGet();
            if (events.group(2).contains("\"type\":\"finish\"")) {
                ends++;
            }
        }
    }
}
