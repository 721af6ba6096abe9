package com.openagents.runbook.replica.checkout.suite;

import static com.openagents.runbook.replica.checkout.suite.Suite.drill;
import static com.openagents.runbook.replica.checkout.suite.Suite.same;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** The janitor takes over a run whose executor is gone, and its stream can be read without a gap (contract 14). */
final class RecoveryTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    Suite suite() {
        return new Suite(
                "test/openagents_runtime/load/runtime_shape_load_test.exs",
                List.of(drill("the janitor recovers a run and its stream resumes", RecoveryTests::recovers)));
    }

    private static void recovers(Service service) throws Exception {
        var data = service.started().data();
        var runId = data.run();
        // The lease first: frames of a run that nobody holds would be taken up without any recovery.
        data.lostLease(runId);
        data.frame(runId, "recover_1", "user_message", "{\"text\":\"hello\"}");
        data.frame(runId, "recover_2", "complete", "{}");

        var ended = "SELECT status FROM runtime.runs WHERE run_id = ? AND terminal_at IS NOT NULL";
        Awaitility.await("the end of the recovered run")
                .atMost(LIMIT)
                .until(() -> !data.one(ended, runId).isEmpty());
        same("status of the run", "succeeded", data.one(ended, runId));
        same(
                "number of run.executor_lost events",
                1L,
                data.list("SELECT event_type FROM runtime.run_events WHERE run_id = ?", runId).stream()
                        .filter("run.executor_lost"::equals)
                        .count());

        var all = ids(service, runId, 0);
        var newest = Long.parseLong(data.one("SELECT latest_seq::text FROM runtime.runs WHERE run_id = ?", runId));
        same("ids from the start", LongStream.rangeClosed(1, newest).boxed().toList(), all);
        same("ids after the second", all.subList(2, all.size()), ids(service, runId, 2));
    }

    /** Each id once, although the end of a run comes as two frames with the same id. */
    private static List<Long> ids(Service service, String runId, long cursor) throws Exception {
        var path = "/stream?tail_ms=150&cursor=" + cursor + "&thread_id=" + Service.THREAD;
        return service.ofRun(runId, path)
                .body()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.valueOf(line.substring(4)))
                .distinct()
                .toList();
    }
}
