package com.openagents.runbook.replica.runtime.crashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.json.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract 8.1 and 9.3 while the pod is killed that runs the tool. */
class ToolsSurviveCrashesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private TwoPods pods;
    private TestRuns runs;

    @BeforeEach
    void start() throws Exception {
        pods = TwoPods.start();
        runs = pods.runs();
    }

    @AfterEach
    void stop() {
        pods.close();
    }

    @Test
    void the_other_pod_ends_the_call_once_and_gives_its_amount_back() throws Exception {
        var run = runs.create();
        runs.execute(
                "INSERT INTO runtime.spend_authorizations (authorization_id, owner_user_id, max_total_sats, issued_at,"
                        + " inserted_at, updated_at) VALUES ('auth', 7, 100, now(), now(), now())");
        var call = Json.object(
                "tool_call_id", "call",
                "tool_name", "runtime.wait",
                "input", Map.of("millis", 4_000),
                "amount_sats", 5,
                "retry_class", "safe_retry");
        pods.serving(0).frame(run, "tool", "tool.execute", call);
        await("the tool works").atMost(SOON).until(() -> runs.eventTypes(run).contains("tool.progress"));

        pods.kill(0);
        pods.serving(1).frame(run, "end", "complete", Map.of());

        await("the run ends").atMost(SOON).until(() -> runs.status(run).equals("succeeded"));
        await("the call ends")
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(runs.one("SELECT error_class FROM runtime.tool_tasks WHERE run_id = ?", run))
                                .isEqualTo("executor_lost"));
        assertThat(runs.eventTypes(run))
                .filteredOn(type -> !type.equals("run.executor_lost"))
                .containsExactly("run.started", "tool.call", "tool.progress", "tool.result", "run.finished");
        assertThat(runs.one("SELECT state FROM runtime.spend_reservations WHERE run_id = ?", run))
                .isEqualTo("released");
        assertThat(runs.one("SELECT reserved_sats::text FROM runtime.spend_authorizations"))
                .isEqualTo("0");
    }
}
