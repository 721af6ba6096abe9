package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
class ToolsContractTest {
    private static final String EXECUTE = "/internal/v1/tools/execute";

    private DatabaseReplica database;
    private ProviderStandIn provider;
    private TestPod pod;

    @BeforeAll
    void start(DatabaseReplica shared) throws Exception {
        database = shared;
        provider = new ProviderStandIn();
        pod = TestPod.start(database, provider.variables());
    }

    @AfterAll
    void stop() {
        pod.close();
        provider.close();
    }

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> tool_calls_are_judged_as_the_contract_says() {
        return Rows.tests("tools.yaml", row -> {
            var body = row.containsKey("body") ? row.get("body") : call(row);

            var answer = send(Json.write(body), (String) row.getOrDefault("user", "7"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(row.get("status"));
            var json = Json.readObject(answer.body());
            if (row.containsKey("state")) {
                var data = (Map<String, Object>) json.get("data");
                assertThat(data)
                        .containsEntry("state", row.get("state"))
                        .containsEntry("decision", row.get("decision"))
                        .containsEntry("reason_code", row.get("code"));
                assertThat((Map<String, Object>) data.get("receipt"))
                        .hasEntrySatisfying(
                                "receipt_id", id -> assertThat(id.toString()).matches("coding_[0-9a-f]{24}"));
            } else {
                var error = (Map<String, Object>) json.get("error");
                if (row.containsKey("details")) {
                    assertThat(error).containsEntry("details", row.get("details"));
                }
                if (row.containsKey("message")) {
                    assertThat(error).containsEntry("message", row.get("message"));
                }
                if (row.containsKey("reason_code")) {
                    assertThat(((List<Map<String, Object>>) error.get("details")).get(0))
                            .containsEntry("reason_code", row.get("reason_code"));
                }
            }
        });
    }

    @Test
    void a_replay_hashes_the_same_decision_alike() throws Exception {
        var body = new HashMap<>(call(Map.of("policy", Map.of("authorization_id", "a"))));
        body.put("mode", "replay");

        var first = send(Json.write(body), "7").body();
        var second = send(Json.write(body), "7").body();

        assertThat(first).isEqualTo(second).containsPattern("\"replay_hash\":\"[0-9a-f]{64}\"");
    }

    @Test
    void the_third_failure_in_a_row_opens_the_breaker_and_time_closes_it() throws Exception {
        var variables = new HashMap<>(provider.variables());
        variables.put("OA_REPLICA_CODING_BREAKER_RESET_TIMEOUT_MS", "300");
        try (var fresh = TestPod.start(database, variables)) {
            var failing = Json.write(
                    call(Map.of("request", Map.of("issue_number", 500), "policy", Map.of("authorization_id", "a"))));
            var working = Json.write(call(Map.of("policy", Map.of("authorization_id", "a"))));
            for (int i = 0; i < 3; i++) {
                assertThat(post(fresh, failing)).contains("coding_failed.provider_error");
            }
            int calls = provider.githubCalls();

            var shortCircuit = post(fresh, working);

            assertThat(shortCircuit)
                    .contains("coding_failed.provider_circuit_open", "\"failure_reason\":\"provider_circuit_open\"");
            assertThat(provider.githubCalls()).isEqualTo(calls);
            assertThat(
                            fresh.metric(
                                    "openagents_runtime_provider_breaker_state{event=\"short_circuit\",provider=\"github\",state=\"open\"}"))
                    .isEqualTo(1);
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(10))
                    .until(() -> post(fresh, working).contains("\"state\":\"succeeded\""));
            assertThat(
                            fresh.metric(
                                    "openagents_runtime_provider_breaker_state{event=\"success\",provider=\"github\",state=\"closed\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void each_connection_has_breakers_of_its_own_as_published() throws Exception {
        var variables = new HashMap<>(provider.variables());
        variables.put("OA_REPLICA_FAULTS", "breaker-per-connection");
        try (var published = TestPod.start(database, variables)) {
            var failing = Json.write(
                    call(Map.of("request", Map.of("issue_number", 500), "policy", Map.of("authorization_id", "a"))));
            for (int i = 0; i < 3; i++) {
                assertThat(post(published, failing)).contains("coding_failed.provider_error");
            }
            assertThat(post(published, failing)).contains("coding_failed.provider_circuit_open");

            assertThat(postOnOwnConnection(published, failing)).contains("coding_failed.provider_error");
        }
    }

    @Test
    void a_request_for_a_secret_with_a_wrong_date_looks_like_a_denial_as_published() throws Exception {
        var variables = new HashMap<>(provider.variables());
        variables.put("OA_REPLICA_FAULTS", "secret-request-misdated");
        try (var published = TestPod.start(database, variables)) {
            assertThat(post(published, Json.write(call(Map.of("policy", Map.of("authorization_id", "a"))))))
                    .contains("\"state\":\"failed\"", "policy_denied.explicit_deny", "missing_api_token");
        }
    }

    private static String postOnOwnConnection(TestPod to, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(to.url(EXECUTE)))
                .header("x-oa-runtime-signature", TestPod.token(Json.object("user_id", 7)))
                .header("x-oa-user-id", "7")
                .header("content-type", "application/json")
                .POST(TestPod.publisher(body));
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void without_a_control_plane_there_is_no_token() throws Exception {
        try (var alone = TestPod.start(database)) {
            var answer = post(alone, Json.write(call(Map.of("policy", Map.of("authorization_id", "a")))));

            assertThat(answer).contains("\"state\":\"failed\"", "policy_denied.explicit_deny", "missing_api_token");
        }
    }

    @Test
    void a_skill_is_published_with_its_tools() throws Exception {
        var tool = Json.readObject(
                pod.userRequest("GET", "/internal/v1/skills/tool-specs", "").body());
        assertThat(tool.toString()).contains("github.primary", "resend.primary");
        var skill = "{\"skill_spec\":{\"skill_id\":\"s1\",\"version\":1,\"name\":\"n\",\"description\":\"d\","
                + "\"instructions_markdown\":\"i\",\"allowed_tools\":[{\"tool_id\":\"github.primary\",\"version\":1}]}}";

        assertThat(pod.userRequest("POST", "/internal/v1/skills/skill-specs", skill)
                        .statusCode())
                .isEqualTo(201);
        assertThat(pod.userRequest("GET", "/internal/v1/skills/releases/s1/1", "")
                        .statusCode())
                .isEqualTo(404);
        var published = pod.userRequest("POST", "/internal/v1/skills/skill-specs/s1/1/publish", "{}");
        assertThat(published.statusCode()).isEqualTo(201);
        assertThat(published.body()).containsPattern("\"release_id\":\"skillrel_[0-9a-f]{24}\"");
        assertThat(pod.userRequest("GET", "/internal/v1/skills/releases/s1/1", "")
                        .body())
                .contains("agent_skills.v1", "github.primary");
    }

    @Test
    void a_tool_spec_replaces_the_registry_entry_and_resolves() throws Exception {
        var manifest =
                "{\"manifest_version\":\"coding.integration.v1\",\"integration_id\":\"own\",\"provider\":\"github\","
                        + "\"status\":\"active\",\"tool_pack\":\"coding.v1\",\"capabilities\":[\"get_issue\"],"
                        + "\"secrets_ref\":{\"provider\":\"laravel\",\"key_id\":\"k\"},\"policy\":{\"write_operations_mode\":\"enforce\"}}";
        var spec = "{\"tool_spec\":{\"tool_id\":\"own\",\"version\":2,\"tool_pack\":\"coding.v1\",\"name\":\"n\","
                + "\"description\":\"d\",\"integration_manifest\":" + manifest + "}}";

        assertThat(pod.userRequest("POST", "/internal/v1/skills/tool-specs", spec)
                        .body())
                .contains("\"state\":\"validated\"");
        var body = new HashMap<>(call(Map.of("policy", Map.of("authorization_id", "a"))));
        body.put("manifest_ref", Map.of("tool_id", "own"));

        assertThat(post(pod, Json.write(body))).contains("\"state\":\"succeeded\"");
        assertThat(pod.userRequest("POST", "/internal/v1/skills/tool-specs", "{\"tool_spec\":{}}")
                        .statusCode())
                .isEqualTo(422);
    }

    private static Map<String, Object> call(Map<String, Object> row) {
        var request = Json.object(
                "operation", "get_issue",
                "repository", "OpenAgentsInc/openagents",
                "issue_number", 1747,
                "run_id", "r",
                "tool_call_id", "c");
        request.putAll(Rows.map(row, "request"));
        return Json.object(
                "tool_pack",
                "coding.v1",
                "manifest_ref",
                Json.object("integration_id", "github.primary"),
                "request",
                request,
                "policy",
                Rows.map(row, "policy"));
    }

    private static String post(TestPod to, String body) throws Exception {
        return to.userRequest("POST", EXECUTE, body).body();
    }

    private HttpResponse<String> send(String body, String user) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(pod.url(EXECUTE)))
                .header("x-oa-runtime-signature", TestPod.token(Json.object("user_id", 7)))
                .header("content-type", "application/json");
        if (!user.isEmpty()) {
            request.header("x-oa-user-id", user);
        }
        return TestPod.send(request.method("POST", TestPod.publisher(body)).build());
    }
}
