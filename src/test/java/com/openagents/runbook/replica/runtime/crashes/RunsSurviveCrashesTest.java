package com.openagents.runbook.replica.runtime.crashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

/** Contract 7.2, 7.5 and 3.8 while pods are killed; the number of tries is {@code jqwik.tries.default}. */
class RunsSurviveCrashesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern ID = Pattern.compile("(?m)^id: (\\d+)$");

    private TwoPods pods;
    private TestRuns runs;

    @BeforeProperty
    void start() throws Exception {
        pods = TwoPods.start();
        runs = pods.runs();
    }

    @AfterProperty
    void stop() {
        pods.close();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void a_run_is_whole_whatever_happens_to_its_pods(@ForAll("schedules") List<Step> schedule) throws Exception {
        var run = runs.create();
        var reader = new Reader(run);
        int sent = 0;
        for (var step : schedule) {
            switch (step.action()) {
                case TEXT -> text(run, step.pod(), sent++);
                case TOOL -> tool(run, step.pod(), sent++);
                case END -> end(run, step.pod(), sent++);
                case KILL -> pods.kill(step.pod());
                case RESTART -> pods.restart(step.pod());
                case READ -> reader.read(step.pod(), 30);
            }
        }
        pods.heal();
        awaitWorkedOff(run);
        end(run, 0, sent);
        await("the run ends")
                .atMost(SOON)
                .until(() -> List.of("succeeded", "failed", "canceled").contains(runs.status(run)));

        long events = Long.parseLong(runs.one("SELECT latest_seq::text FROM runtime.runs WHERE run_id = ?", run));
        assertChained(run, events);
        assertThat(Collections.frequency(runs.eventTypes(run), "run.finished")).isEqualTo(1);
        assertThat(runs.list(
                        "SELECT payload->>'frame_id' FROM runtime.run_events WHERE run_id = ?"
                                + " AND event_type = 'run.delta'",
                        run))
                .doesNotHaveDuplicates();
        assertThat(runs.list(
                        "SELECT payload->>'tool_call_id' FROM runtime.run_events WHERE run_id = ?"
                                + " AND event_type = 'tool.result'",
                        run))
                .containsExactlyInAnyOrderElementsOf(runs.list(
                        "SELECT tool_call_id FROM runtime.tool_tasks WHERE run_id = ?"
                                + " AND state IN ('succeeded', 'failed')",
                        run));
        reader.read(0, 100);
        assertThat(reader.seen).isEqualTo(range(1, events));
        for (long cursor = 0; cursor <= events; cursor++) {
            assertThat(ids(pods.serving((int) cursor % 2).stream(run, cursor, 1)))
                    .isEqualTo(range(cursor + 1, events));
        }
    }

    /** Every accepted frame is worked off without a further one that would wake somebody. */
    private void awaitWorkedOff(String run) {
        await("accepted frames are worked off")
                .atMost(SOON)
                .until(() -> runs.one(
                                "SELECT count(*)::text FROM runtime.runs r JOIN runtime.frames f ON f.run_id = r.run_id"
                                        + " WHERE r.run_id = ? AND f.id > r.last_processed_frame_id"
                                        + " AND r.status NOT IN ('succeeded', 'failed', 'canceled')",
                                run)
                        .equals("0"));
    }

    private void text(String run, int pod, int number) {
        var payload = Map.<String, Object>of("text", "text " + number);
        int status = pods.ask(
                pod, to -> to.frame(run, "f" + number, "user_message", payload).statusCode());
        assertThat(status).isIn(200, 202);
    }

    private void tool(String run, int pod, int number) {
        var payload = Json.object("tool_call_id", "call-" + number, "tool_name", "runtime.echo");
        int status = pods.ask(
                pod, to -> to.frame(run, "f" + number, "tool.execute", payload).statusCode());
        assertThat(status).isIn(200, 202);
    }

    private void end(String run, int pod, int number) {
        int status = pods.ask(
                pod, to -> to.frame(run, "f" + number, "complete", Map.of()).statusCode());
        assertThat(status).isIn(200, 202);
    }

    private void assertChained(String run, long events) throws Exception {
        var rows = runs.list(
                "SELECT json_build_array(seq, event_type, payload, prev_hash, event_hash)::text"
                        + " FROM runtime.run_events WHERE run_id = ? ORDER BY seq",
                run);
        assertThat(rows).hasSize((int) events);
        Object previous = null;
        for (int i = 0; i < rows.size(); i++) {
            var row = (List<?>) Json.read(rows.get(i));
            assertThat(row.get(0)).isEqualTo(i + 1L);
            assertThat(row.get(3)).isEqualTo(previous);
            var hash = Digests.event(run, i + 1, (String) row.get(1), Digests.term(row.get(2)), (String) previous);
            assertThat(row.get(4)).isEqualTo(hash);
            previous = hash;
        }
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** The ids of a stream; the last event of a run comes as two frames of one id. */
    private static List<Long> ids(String stream) {
        return ID.matcher(stream)
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .distinct()
                .toList();
    }

    @Provide
    Arbitrary<List<Step>> schedules() {
        var actions = Arbitraries.frequency(
                Tuple.of(8, Action.TEXT),
                Tuple.of(3, Action.TOOL),
                Tuple.of(1, Action.END),
                Tuple.of(3, Action.KILL),
                Tuple.of(2, Action.RESTART),
                Tuple.of(3, Action.READ));
        return Combinators.combine(actions, Arbitraries.integers().between(0, 1))
                .as(Step::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(24);
    }

    enum Action {
        TEXT,
        TOOL,
        END,
        KILL,
        RESTART,
        READ
    }

    record Step(Action action, int pod) {}

    /** Reads a stream bit by bit, each time from where it was, on whichever pod is there. */
    private final class Reader {
        private final String run;
        private final List<Long> seen = new ArrayList<>();

        Reader(String run) {
            this.run = run;
        }

        void read(int pod, long millis) {
            long cursor = seen.size();
            seen.addAll(ids(pods.ask(pod, to -> to.stream(run, cursor, millis))));
        }
    }
}
