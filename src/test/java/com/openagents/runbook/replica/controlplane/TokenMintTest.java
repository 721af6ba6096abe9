package com.openagents.runbook.replica.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.Rows;
import com.openagents.runbook.replica.runtime.SharedDatabase;
import com.openagents.runbook.replica.runtime.SyncClient;
import com.openagents.runbook.replica.runtime.TestPod;
import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.logging.Log;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
class TokenMintTest {
    private static final String KEY = "a-signing-key";

    @TestFactory
    Stream<DynamicTest> tokens_are_given_out_as_the_contract_says() {
        return Rows.tests("mint.yaml", row -> {
            try (var mint = start(Rows.map(row, "variables"))) {
                var answer = ask(mint, row);

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(row.get("status"));
                assertThat(answer.body()).contains((String) row.getOrDefault("contains", ""));
                if (row.containsKey("scopes")) {
                    assertThat(data(answer))
                            .containsEntry("scopes", row.get("scopes"))
                            .containsEntry("kid", "sync-auth-v1");
                }
                if (row.get("members") instanceof List<?> members) {
                    assertThat(data(answer).keySet()).isEqualTo(Set.copyOf(members));
                }
                if (row.get("claims") instanceof List<?> claims) {
                    assertThat(claims(answer)).isEqualTo(Set.copyOf(claims));
                }
            }
        });
    }

    @Test
    void a_sync_token_opens_the_socket_and_a_khala_token_does_not(DatabaseReplica database) throws Exception {
        var trust = Map.of(
                "OA_SYNC_TOKEN_KEY_ID", "sync-auth-v1",
                "OA_SYNC_TOKEN_SIGNING_KEY", KEY,
                "OA_SYNC_TOKEN_ISSUER", "https://app.test");
        try (var mint = start(Map.of());
                var pod = TestPod.start(database, trust)) {
            var sync = data(ask(mint, Map.of("path", "/api/sync/token"))).get("token");
            var khala = data(ask(mint, Map.of("path", "/api/khala/token"))).get("token");

            try (var client = SyncClient.connect(pod, (String) sync)) {
                assertThat(SyncClient.response(client.join()))
                        .containsEntry("allowed_topics", List.of("runtime.codex_worker_summaries"));
            }
            var refused = HttpRequest.newBuilder(URI.create(pod.url("/socket/websocket?vsn=2.0.0&token=" + khala)))
                    .build();
            assertThat(TestPod.send(refused).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void mints_are_counted_by_result() throws Exception {
        try (var mint = start(Map.of())) {
            ask(mint, Map.of("path", "/api/sync/token"));
            ask(mint, Map.of("path", "/api/khala/token", "bearer", "other"));

            var metrics = TestPod.send(
                            HttpRequest.newBuilder(url(mint, "/metrics")).build())
                    .body();

            assertThat(metrics)
                    .contains("openagents_laravel_khala_token_mint_total{result=\"ok\"} 1.0")
                    .contains("openagents_laravel_khala_token_mint_total{result=\"error\"} 1.0");
        }
    }

    private static ControlPlane start(Map<String, Object> extra) throws InterruptedException {
        var variables = new HashMap<>(Map.of(
                "POD_IP", "127.0.0.1",
                "PORT", "0",
                "APP_URL", "https://app.test",
                "OA_SYNC_TOKEN_SIGNING_KEY", KEY,
                "OA_KHALA_TOKEN_SIGNING_KEY", "another-key",
                "OA_REPLICA_API_TOKENS", "api-token=7"));
        extra.forEach((name, value) -> variables.put(name, (String) value));
        return ControlPlane.start(new Variables(variables), new Log(new PrintStream(OutputStream.nullOutputStream())));
    }

    private static HttpResponse<String> ask(ControlPlane mint, Map<String, Object> row) throws Exception {
        var request = HttpRequest.newBuilder(url(mint, (String) row.get("path")))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Rows.map(row, "body"))));
        var bearer = (String) row.getOrDefault("bearer", "api-token");
        if (!bearer.isEmpty()) {
            request.header("authorization", "Bearer " + bearer);
        }
        return TestPod.send(request.build());
    }

    private static URI url(ControlPlane mint, String path) {
        return URI.create("http://127.0.0.1:" + mint.address().getPort() + path);
    }

    private static Set<String> claims(HttpResponse<String> answer) {
        var token = (String) data(answer).get("token");
        var claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return Json.readObject(new String(claims, StandardCharsets.UTF_8)).keySet();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(HttpResponse<String> answer) {
        return (Map<String, Object>) Json.readObject(answer.body()).get("data");
    }
}
