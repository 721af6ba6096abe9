package com.openagents.runbook.replica.runtime.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.runtime.SyncClient;
import com.openagents.runbook.replica.runtime.SyncTokens;
import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Contract 5.3 for a client that loses its connection again and again and resumes. */
class SyncSurvivesDisconnectsTest {
    private static final String TOPIC = "runtime.codex_worker_events";
    private static final String WORKER = "crash-worker";

    private TwoPods pods;
    private TestRuns rows;

    @BeforeProperty
    void start() throws Exception {
        pods = TwoPods.start();
        rows = pods.runs();
        pods.serving(0).userRequest("POST", "/internal/v1/codex/workers", "{\"worker_id\":\"" + WORKER + "\"}");
    }

    @AfterProperty
    void stop() {
        pods.close();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void every_watermark_comes_once_and_in_order(@ForAll("schedules") List<Step> schedule) throws Exception {
        long before = head();
        try (var client = new ResumingClient(before)) {
            for (var step : schedule) {
                switch (step.action()) {
                    case EVENT -> event(step.pod());
                    case READ -> client.read(step.pod());
                    case LEAVE -> client.leave();
                    case DROP -> client.drop();
                    case KILL -> pods.kill(step.pod());
                    case RESTART -> pods.restart(step.pod());
                }
            }
            pods.heal();
            event(0);
            client.readUntil(head());

            assertThat(client.seen)
                    .isEqualTo(
                            LongStream.rangeClosed(before + 1, head()).boxed().toList());
        }
    }

    private void event(int pod) {
        var path = "/internal/v1/codex/workers/" + WORKER + "/events";
        int status = pods.ask(
                pod,
                to -> to.userRequest("POST", path, "{\"event_type\":\"worker.note\"}")
                        .statusCode());
        assertThat(status).isEqualTo(202);
    }

    private long head() throws Exception {
        return Long.parseLong(
                rows.one("SELECT next_watermark::text FROM runtime.sync_topic_sequences WHERE topic = ?", TOPIC));
    }

    @Provide
    Arbitrary<List<Step>> schedules() {
        var actions = Arbitraries.frequency(
                Tuple.of(8, Action.EVENT),
                Tuple.of(6, Action.READ),
                Tuple.of(2, Action.LEAVE),
                Tuple.of(2, Action.DROP),
                Tuple.of(2, Action.KILL),
                Tuple.of(2, Action.RESTART));
        return Combinators.combine(actions, Arbitraries.integers().between(0, 1))
                .as(Step::new)
                .list()
                .ofMinSize(6)
                .ofMaxSize(30);
    }

    enum Action {
        EVENT,
        READ,
        LEAVE,
        DROP,
        KILL,
        RESTART
    }

    record Step(Action action, int pod) {}

    /** Knows the last watermark it took, and asks for what follows whenever it has to connect again. */
    private final class ResumingClient implements AutoCloseable {
        private static final long MOMENT_MILLIS = 20;

        private final List<Long> seen = new ArrayList<>();
        private long last;
        private SyncClient connection;

        ResumingClient(long last) {
            this.last = last;
        }

        /** Takes what comes, connected to that pod if it has to connect and the pod is there. */
        void read(int pod) throws Exception {
            if (connection == null || connection.isClosed()) {
                connect(pod);
            }
            for (var message = connection.poll(MOMENT_MILLIS);
                    message.isPresent();
                    message = connection.poll(MOMENT_MILLIS)) {
                take(message.get());
            }
        }

        void readUntil(long watermark) {
            org.awaitility.Awaitility.await("the client is at watermark " + watermark)
                    .atMost(java.time.Duration.ofSeconds(20))
                    .until(() -> {
                        read(0);
                        return last >= watermark;
                    });
        }

        private void connect(int pod) {
            connection = pods.ask(pod, to -> {
                try {
                    return SyncClient.connect(to, SyncTokens.forTopics(TOPIC));
                } catch (CompletionException refused) {
                    throw new java.io.IOException(refused);
                }
            });
            connection.trySend("phx_join", Map.of());
            connection.trySend(
                    "sync:subscribe", Json.object("topics", List.of(TOPIC), "resume_after", Json.object(TOPIC, last)));
        }

        private void take(List<Object> message) {
            if (message.get(3).equals("sync:update_batch")) {
                for (var update : (List<?>) SyncClient.payload(message).get("updates")) {
                    last = (Long) ((Map<?, ?>) update).get("watermark");
                    seen.add(last);
                }
            }
        }

        /** Says good-bye; what was not taken yet is lost. */
        void leave() {
            if (connection != null) {
                connection.leave();
                connection = null;
            }
        }

        void drop() {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }

        @Override
        public void close() {
            drop();
        }
    }
}
