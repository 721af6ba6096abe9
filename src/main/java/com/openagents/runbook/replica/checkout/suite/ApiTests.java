package com.openagents.runbook.replica.checkout.suite;

import static com.openagents.runbook.replica.checkout.suite.Suite.check;
import static com.openagents.runbook.replica.checkout.suite.Suite.same;
import static com.openagents.runbook.replica.checkout.suite.Suite.test;

import com.openagents.runbook.replica.checkout.OpenApiDocument;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.List;

/** The internal API over the wire: the documented statuses, the snapshot, the run stream (contract 3). */
final class ApiTests {
    private static final String MISSING = "missing runtime signature";

    Suite suite() {
        return new Suite(
                "test/openagents_runtime_web/controllers/internal_api_test.exs",
                List.of(
                        test("every documented operation answers as documented", ApiTests::unsigned),
                        test("the required tables are there", ApiTests::tables),
                        test("a snapshot tells the run's status", ApiTests::snapshot),
                        test("a stream without a valid cursor is refused", ApiTests::cursor),
                        test("a run without owner is not found", ApiTests::ownership)));
    }

    /** Without a signature; what needs one says so. */
    private static void unsigned(Service service) throws Exception {
        service.started();
        var document = OpenApiDocument.read(service.workspace().runtime());
        for (var operation : document.operations()) {
            var path = "/internal/v1" + operation.path().replaceAll("\\{\\w+}", "1");
            var answer = service.unsigned(operation.method(), path);
            check(
                    operation.statuses().contains(answer.statusCode()),
                    operation.name() + " answered " + answer.statusCode() + ", documented are " + operation.statuses());
            check(
                    answer.statusCode() == 200 || answer.body().contains(MISSING),
                    operation.name() + " refuses an unsigned request with " + answer.body());
        }
    }

    private static void tables(Service service) throws Exception {
        for (var table : List.of("sync_stream_events", "sync_topic_sequences", "khala_projection_checkpoints")) {
            var found = service.data().one("SELECT to_regclass('runtime." + table + "')::text");
            same("table", "runtime." + table, found);
        }
    }

    private static void snapshot(Service service) throws Exception {
        var runId = service.started().data().run();
        var answer = service.ofRun(runId, "/snapshot?thread_id=" + Service.THREAD);
        same("status of the answer", 200, answer.statusCode());
        same("status of the run", "created", Json.readObject(answer.body()).get("status"));
    }

    private static void cursor(Service service) throws Exception {
        var runId = service.started().data().run();
        var answer = service.ofRun(runId, "/stream?cursor=x&thread_id=" + Service.THREAD);
        same("status of the answer", 400, answer.statusCode());
        check(answer.body().contains("cursor must be an integer >= 0"), "the message is " + answer.body());
    }

    private static void ownership(Service service) throws Exception {
        var answer = service.started().ofRun("run-nobodys", "/snapshot?thread_id=" + Service.THREAD);
        same("status of the answer", 404, answer.statusCode());
    }
}
