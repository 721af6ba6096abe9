package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunStreamTest {
    private static final String SESSIONS = "openagents_runtime_stream_session_count{outcome=\"%s\"}";

    private DatabaseReplica database;
    private TestRuns runs;
    private TestPod pod;
    private TestPod secondPod;

    @BeforeAll
    void start(DatabaseReplica shared) throws Exception {
        database = shared;
        runs = new TestRuns(database);
        pod = TestPod.start(database);
        secondPod = TestPod.start(database);
    }

    @AfterAll
    void stop() {
        pod.close();
        secondPod.close();
    }

    @TestFactory
    Stream<DynamicTest> events_are_mapped_by_the_table() {
        return Rows.tests("sse.yaml", row -> {
            var run = runs.create();
            runs.execute("UPDATE runtime.runs SET latest_seq = 1 WHERE run_id = ?", run);
            runs.execute(
                    "INSERT INTO runtime.run_events (run_id, seq, event_type, payload, inserted_at)"
                            + " VALUES (?, 1, ?, ?::jsonb, now())",
                    run,
                    (String) row.get("type"),
                    Json.write(row.get("payload")));
            if (row.containsKey("cut")) {
                assertThatThrownBy(() -> pod.stream(run, 0, 50)).isInstanceOf(IOException.class);
                return;
            }

            var frames = ((List<?>) row.get("data"))
                    .stream()
                            .map(data -> "event: message\nid: 1\ndata: "
                                    + data.toString().replace("{run}", run) + "\n\n");
            assertThat(pod.stream(run, 0, 1)).isEqualTo(frames.collect(Collectors.joining()));
        });
    }

    @Test
    void events_go_out_byte_for_byte() throws Exception {
        var run = finishedRun();

        var stream = pod.stream(run, 0, 1);

        assertThat(stream)
                .isEqualTo("event: message\nid: 1\ndata: {\"meta\":{},\"runId\":\"R\",\"type\":\"start\"}\n\n"
                                .replace("R", run)
                        + "event: message\nid: 2\ndata: {\"delta\":\"hello\",\"runId\":\"R\",\"type\":\"text-delta\"}\n\n"
                                .replace("R", run)
                        + ("event: message\nid: 3\ndata: {\"meta\":{\"frame_id\":\"f2\",\"reason\":\"completed\","
                                        + "\"reason_class\":\"completed\",\"status\":\"succeeded\"},\"runId\":\"R\",\"type\":\"finish\"}\n\n")
                                .replace("R", run)
                        + "event: message\nid: 3\ndata: [DONE]\n\n");
    }

    @Test
    void a_cursor_gives_exactly_the_later_events() throws Exception {
        var run = finishedRun();

        assertThat(ids(pod.stream(run, 1, 1))).containsExactly("2", "3", "3");
        assertThat(ids(pod.stream(run, 3, 1))).isEmpty();
        assertThat(ids(pod.stream(run, 99, 1))).isEmpty();
    }

    @Test
    void without_a_cursor_only_newer_events_come() throws Exception {
        var run = finishedRun();

        var answer = pod.runRequest("GET", run, "/stream?thread_id=thread-1&tail_ms=1", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-cache");
        assertThat(answer.headers().firstValue("x-accel-buffering")).hasValue("no");
    }

    @Test
    void an_open_stream_follows_another_pod() throws Exception {
        var run = runs.create();
        var stream = CompletableFuture.supplyAsync(() -> {
            try {
                return pod.stream(run, 0, 1_500);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });

        secondPod.frame(run, "f1", "complete", Map.of());

        assertThat(stream.get()).contains("\"type\":\"finish\"", "data: [DONE]");
    }

    @Test
    void a_cursor_below_the_retained_events_is_stale() throws Exception {
        var run = finishedRun();
        runs.execute("DELETE FROM runtime.run_events WHERE run_id = ? AND seq < 3", run);

        var stale = pod.runRequest("GET", run, "/stream?thread_id=thread-1&cursor=1&tail_ms=1", "");
        var floor = pod.runRequest("GET", run, "/stream?thread_id=thread-1&cursor=2&tail_ms=1", "");

        assertThat(stale.statusCode()).isEqualTo(410);
        assertThat(stale.body())
                .isEqualTo(
                        "{\"error\":{\"code\":\"stale_cursor\",\"message\":\"cursor is older than retention floor\"}}");
        assertThat(ids(floor.body())).containsExactly("3", "3");
    }

    @Test
    void an_unknown_reason_code_cuts_the_stream() throws Exception {
        var run = runs.create();
        runs.execute("UPDATE runtime.runs SET latest_seq = 1 WHERE run_id = ?", run);
        runs.execute(
                "INSERT INTO runtime.run_events (run_id, seq, event_type, payload, inserted_at)"
                        + " VALUES (?, 1, 'tool.result', '{\"reason_code\":\"odd\"}', now())",
                run);

        assertThatThrownBy(() -> pod.stream(run, 0, 50)).isInstanceOf(IOException.class);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> pod.log().contains("layer0 run event adapter validation failed"));
    }

    @Test
    void without_the_protocol_files_every_stream_with_events_breaks() throws Exception {
        var run = finishedRun();
        try (var published = TestPod.withFaults(database, "stream-breaks")) {
            assertThatThrownBy(() -> published.stream(run, 0, 50)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void sessions_and_events_are_counted() throws Exception {
        var run = finishedRun();
        var done = "openagents_runtime_stream_emit_count{event_type=\"run.finished\",outcome=\"ok\"}";
        var sessions = SESSIONS.formatted("tail_timeout");
        double doneBefore = pod.metric(done);
        double sessionsBefore = pod.metric(sessions);

        pod.stream(run, 0, 1);

        assertThat(pod.metric(done)).isEqualTo(doneBefore + 1);
        await().atMost(Duration.ofSeconds(5)).until(() -> pod.metric(sessions) >= sessionsBefore + 1);
    }

    @Test
    void only_a_client_that_leaves_before_the_end_counts_as_gone() throws Exception {
        var ended = finishedRun();
        var goingOn = runs.create();
        pod.frame(goingOn, "f1", "user_message", Map.of("text", "hello"));
        double timeouts = pod.metric(SESSIONS.formatted("tail_timeout"));
        double gone = pod.metric(SESSIONS.formatted("client_closed"));

        leaveAfter("[DONE]", ended);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> pod.metric(SESSIONS.formatted("tail_timeout")) == timeouts + 1);
        leaveAfter("hello", goingOn);
        await().atMost(Duration.ofSeconds(5)).until(() -> pod.metric(SESSIONS.formatted("client_closed")) == gone + 1);
    }

    /** Long before the time of the stream is over. */
    private void leaveAfter(String words, String run) throws Exception {
        var answer = TestPod.http()
                .send(pod.streamRequest(run, 0, Duration.ofMinutes(5).toMillis()), BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            assertThat(lines.anyMatch(line -> line.contains(words))).isTrue();
        }
    }

    private String finishedRun() throws Exception {
        var run = runs.create();
        pod.frame(run, "f1", "user_message", Map.of("text", "hello"));
        pod.frame(run, "f2", "complete", Map.of());
        await().atMost(Duration.ofSeconds(10)).until(() -> runs.status(run).equals("succeeded"));
        return run;
    }

    private static List<String> ids(String stream) {
        return Pattern.compile("(?m)^id: (\\d+)$")
                .matcher(stream)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
