package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.provider.ProviderReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contract 8.3 for the messages that runs have sent. */
@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommsToolTest {
    private static final String NOBODY_LISTENS = "http://127.0.0.1:1";

    private final ProviderReplica provider = ProviderReplica.start("token");
    private DatabaseReplica database;
    private TestRuns runs;

    @BeforeAll
    void open(DatabaseReplica shared) {
        database = shared;
        runs = new TestRuns(database);
    }

    @AfterAll
    void close() {
        provider.close();
    }

    @TestFactory
    Stream<DynamicTest> messages_go_out_as_the_contract_says() {
        return Rows.tests("comms.yaml", row -> {
            try (var pod = TestPod.start(database, variables(row))) {
                var run = "";
                for (int call = 0; call < (int) row.getOrDefault("calls", 1); call++) {
                    run = runs.create();
                    send(pod, run, (String) row.get("to"));
                }
                assertThat(task(run, "state")).isEqualTo(row.get("state"));
                assertThat(task(run, "error_class")).isEqualTo(row.get("error_class"));
                assertThat(task(run, "output->>'provider'")).isEqualTo(row.get("provider"));
                assertThat(fallback(run, "output->'fallback'")).isEqualTo(row.get("fallback"));
                assertThat(fallback(run, "output->'receipt'->'fallback'")).isEqualTo(row.get("receipt"));
            }
        });
    }

    private Map<String, String> variables(Map<String, Object> row) {
        var variables = new HashMap<String, String>();
        variables.put("OA_REPLICA_RESEND_BASE_URL", url(row, "primary"));
        variables.put("OA_REPLICA_POSTMARK_BASE_URL", url(row, "secondary"));
        variables.put("OA_REPLICA_FAULTS", (String) row.getOrDefault("fault", ""));
        return variables;
    }

    private String url(Map<String, Object> row, String which) {
        return switch ((String) row.getOrDefault(which, "answers")) {
            case "down" -> NOBODY_LISTENS;
            case "none" -> "";
            default -> provider.uri().toString();
        };
    }

    private void send(TestPod pod, String run, String to) throws Exception {
        var payload = Json.object(
                "tool_call_id", "call", "tool_name", "comms.send", "input", Json.object("to", to, "subject", "s"));
        pod.frame(run, "f", "tool.execute", payload);
        await().atMost(Duration.ofSeconds(20)).until(() -> runs.eventTypes(run).contains("tool.result"));
    }

    private String task(String run, String column) throws Exception {
        return runs.one("SELECT " + column + " FROM runtime.tool_tasks WHERE run_id = ?", run);
    }

    private Object fallback(String run, String column) throws Exception {
        var text = task(run, column);
        return text == null ? null : Json.read(text);
    }
}
