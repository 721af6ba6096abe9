package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the runbook looks for in the logs stands there, and does not as published (contract 11.2). */
@ExtendWith(SharedDatabase.class)
class TelemetryLogTest {
    @Test
    void the_end_of_a_stream_is_logged_with_its_run(DatabaseReplica database) throws Exception {
        try (var pod = TestPod.start(database)) {
            var run = new TestRuns(database).create();

            pod.stream(run, 0, 1);

            await("the line")
                    .untilAsserted(() -> assertThat(pod.log())
                            .containsPattern(
                                    "\\[info] stream\\.session outcome=tail_timeout .* run_id=" + run + "\\R"));
        }
    }

    @Test
    void a_rejected_token_is_logged_by_its_reason_and_never_itself(DatabaseReplica database) throws Exception {
        try (var pod = TestPod.start(database)) {
            connect(pod);

            await("the line")
                    .untilAsserted(
                            () -> assertThat(pod.log()).contains("[warning] sync.auth outcome=rejected reason_class="));
            assertThat(pod.log()).doesNotContain("not-a-token");
        }
    }

    @Test
    void nothing_of_it_is_logged_as_published(DatabaseReplica database) throws Exception {
        try (var pod = TestPod.withFaults(database, "telemetry-not-logged")) {
            pod.stream(new TestRuns(database).create(), 0, 1);
            connect(pod);

            await("the request")
                    .untilAsserted(() -> assertThat(pod.log()).contains("Chunked 200", "REFUSED CONNECTION"));
            assertThat(pod.log()).doesNotContain("stream.session", "sync.auth");
        }
    }

    private static void connect(TestPod pod) {
        var uri = URI.create(
                pod.url("/socket/websocket?vsn=2.0.0&token=not-a-token").replaceFirst("http", "ws"));
        assertThat(TestPod.http().newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {}))
                .failsWithin(Duration.ofSeconds(10));
    }
}
