package com.openagents.runbook.replica.runtime.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.SharedDatabase;
import com.openagents.runbook.replica.runtime.TestPod;
import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.config.MissingVariable;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.config.Variables;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedDatabase.class)
class ReleaseTest {
    private static final String SMOKE =
            "OpenAgentsRuntime.Deploy.Smoke.run!(base_url: System.get_env(\"SMOKE_BASE_URL\"), tail_ms: 150)";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @ParameterizedTest(name = "fault {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "OA_REPLICA_FAULTS|health-needs-signature|{:health_status, 401",
                "OA_REPLICA_FAULTS|stream-breaks|{:stream_",
                "RUNTIME_SIGNATURE_SECRET|another|{:stream_status, 401",
            })
    void the_smoke_check_fails_truthfully(String name, String value, String term, DatabaseReplica database)
            throws Exception {
        try (var pod = TestPod.start(database, Map.of(name, value))) {
            assertThat(smoke(database, pod.url(""))).isEqualTo(1);
        }

        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("** (RuntimeError) runtime smoke check failed: " + term);
        assertThat(new TestRuns(database).list("SELECT run_id FROM runtime.runs WHERE run_id LIKE 'smoke_run_%'"))
                .isEmpty();
    }

    @Test
    void the_smoke_check_tells_that_nobody_answers(DatabaseReplica database) {
        assertThat(smoke(database, "http://127.0.0.1:1")).isEqualTo(1);

        assertThat(output.toString(StandardCharsets.UTF_8)).contains("{:health_http_error");
    }

    @Test
    void migrations_run_and_are_verified(DatabaseReplica database) {
        var url = Map.of("DATABASE_URL", database.ectoUrl(DatabaseReplica.TEST, DatabaseReplica.POSTGRES));

        assertThat(evaluate(database, url, "OpenAgentsRuntime.Release.migrate_and_verify!()"))
                .isZero();

        assertThat(output.toString(StandardCharsets.UTF_8)).contains("[info] Migrations already up");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OpenAgentsRuntime.Odd.thing(1, 2)|(UndefinedFunctionError) function OpenAgentsRuntime.Odd.thing/2 is undefined",
                "1 +|(SyntaxError)",
                "OpenAgentsRuntime.Release.rollback(OpenAgentsRuntime.Repo, 1)|(Postgrex.Error)",
            })
    void other_expressions_fail_like_the_release(String expression, String error, DatabaseReplica database) {
        var nowhere = Map.of("DATABASE_URL", "ecto://a:b@127.0.0.1:1/x");

        assertThat(evaluate(database, nowhere, expression)).isEqualTo(1);

        assertThat(output.toString(StandardCharsets.UTF_8)).contains("** " + error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_URL", "SECRET_KEY_BASE", "RUNTIME_SIGNATURE_SECRET"})
    void a_required_variable_is_named_when_it_is_missing(String name, DatabaseReplica database) {
        var variables = new Variables(TestPod.variables(database, Map.of(name, "")));

        assertThatThrownBy(() -> RuntimeConfig.read(variables))
                .isInstanceOf(MissingVariable.class)
                .hasMessageStartingWith("environment variable " + name + " is missing.");
    }

    @Test
    void an_unknown_fault_is_not_ignored(DatabaseReplica database) {
        var variables = new Variables(TestPod.variables(database, Map.of("OA_REPLICA_FAULTS", "odd")));

        assertThatThrownBy(() -> RuntimeConfig.read(variables)).hasMessageContaining("unknown fault \"odd\"");
    }

    @Test
    void probes_find_a_pod_that_is_alive_but_not_ready(DatabaseReplica database) throws Exception {
        try (var pod = TestPod.withFaults(database, "not-ready")) {
            assertThat(probe(pod, "kube-probe/1.34 (readiness)")).isEqualTo(503);
            assertThat(probe(pod, "kube-probe/1.34 (liveness)")).isEqualTo(200);
        }
    }

    @Test
    void frozen_writes_are_refused_after_authentication(DatabaseReplica database) throws Exception {
        try (var pod = TestPod.start(database, Map.of("LEGACY_RUNTIME_WRITE_FREEZE", "on"))) {
            var run = new TestRuns(database).create();
            var unsigned = HttpRequest.newBuilder(URI.create(pod.url("/internal/v1/runs/" + run + "/cancel")))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();

            assertThat(TestPod.send(unsigned).statusCode()).isEqualTo(401);
            var frozen = pod.runRequest("POST", run, "/cancel", "{}");
            assertThat(frozen.statusCode()).isEqualTo(410);
            assertThat(frozen.body()).contains("write_path_frozen");
            assertThat(pod.runRequest("GET", run, "/snapshot?thread_id=thread-1", "")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static int probe(TestPod pod, String agent) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(pod.url("/internal/v1/health")))
                .header("user-agent", agent)
                .build();
        return TestPod.send(request).statusCode();
    }

    private int smoke(DatabaseReplica database, String url) {
        return evaluate(database, Map.of("SMOKE_BASE_URL", url), SMOKE);
    }

    private int evaluate(DatabaseReplica database, Map<String, String> extra, String expression) {
        var config = RuntimeConfig.read(new Variables(TestPod.variables(database, extra)));
        var out = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new Release(config, out, out).evaluate(expression);
    }
}
