package com.openagents.runbook.system.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.replica.controlplane.ControlPlaneReplica;
import com.openagents.runbook.replica.runtime.Rows;
import com.openagents.runbook.system.http.RawServer;
import com.openagents.runbook.system.sync.SyncToken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(300);
    private static final String API_TOKEN = "secret-api-token";
    private static final String SYNC_PATH = "/api/sync/token";

    @TempDir
    private static Path folder;

    private final List<Evidence> evidence = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> answers_to_every_row_of_the_contract() {
        return Rows.tests("mint.yaml", row -> {
            try (var mint = start(Rows.map(row, "variables"))) {
                var answer = ask(asking(mint, row), row);

                assertThat(answer.status()).as(answer.words()).isEqualTo(row.get("status"));
                assertThat(answer.minted()).isEqualTo(row.get("status").equals(200));
                assertThat(answer.message().isEmpty()).isEqualTo(answer.minted());
                assertThat(answer.expiresIn().isPresent()).isEqualTo(answer.minted());
                if (row.containsKey("scopes")) {
                    assertThat(answer.scopes()).isEqualTo(row.get("scopes"));
                }
                var expected = (String) row.getOrDefault("contains", "");
                if (answer.status() == 503 || expected.contains("\"code\"")) {
                    assertThat(answer.code()).isNotEmpty().matches(code -> expected.contains(code));
                }
                if (expected.startsWith("\"errors\"")) {
                    assertThat(answer.invalidFields()).singleElement().matches(field -> expected.contains(field));
                }
                assertNoSecretIsShown(answer);
            }
        });
    }

    private static ControlPlaneSystem with(ControlPlaneSystem system, String bearer) {
        return bearer.isEmpty() ? system.anonymous() : system.showing(bearer);
    }

    private ControlPlaneSystem asking(ControlPlaneReplica mint, Map<String, Object> row) {
        var system = system(mint.uri(), PATIENCE);
        return row.get("bearer") instanceof String bearer ? with(system, bearer) : system;
    }

    private static MintAnswer ask(ControlPlaneSystem system, Map<String, Object> row) {
        var body = Rows.map(row, "body");
        return row.get("path").equals(SYNC_PATH) ? system.syncToken(body) : system.khalaToken(body);
    }

    @Test
    void tells_what_a_sync_token_is_without_showing_it() {
        try (var mint = start(Map.of())) {
            var answer = system(mint.uri(), PATIENCE).heldAgainst("300 s").syncToken("runtime.notifications");

            assertThat(answer.expiresIn()).contains(Duration.ofSeconds(300));
            assertThat(answer.issuer()).isEqualTo("https://app.test");
            assertThat(answer.audience()).isEqualTo("openagents-sync");
            assertThat(answer.subject()).isEqualTo("user:7");
            assertThat(answer.keyId()).isEqualTo("sync-auth-v1");
            assertThat(answer.scopes()).containsExactly("runtime.notifications");
            assertThat(answer.words()).isEqualTo("token for openagents-sync");
            assertThat(answer.token().orElseThrow().claim("oa_sync_scopes")).contains("[\"runtime.notifications\"]");
            assertThat(evidence).singleElement().satisfies(seen -> {
                assertThat(seen.system()).isEqualTo("control-plane");
                assertThat(seen.threshold()).isEqualTo("300 s");
                assertThat(seen.seen())
                        .singleElement()
                        .satisfies(row -> assertThat(row)
                                .containsEntry("status", "200")
                                .containsEntry("key id", "sync-auth-v1")
                                .containsEntry("expires in", "300 s"));
                assertThat(seen.context())
                        .containsEntry("server", mint.uri().toString())
                        .containsKey("request id");
            });
            assertNoSecretIsShown(answer);
        }
    }

    @Test
    void without_topics_gives_those_of_the_control_plane() {
        try (var mint = start(Map.of())) {
            assertThat(system(mint.uri(), PATIENCE).syncToken().scopes())
                    .containsExactly("runtime.codex_worker_summaries");
        }
    }

    @Test
    void tells_what_a_khala_token_is() {
        try (var mint = start(Map.of())) {
            var request = new KhalaTokenRequest(List.of("a", "b"), Optional.of("w1"), Optional.of("admin"));

            var answer = system(mint.uri(), PATIENCE).khalaToken(request);

            assertThat(answer.audience()).isEqualTo("openagents-khala");
            assertThat(answer.keyId())
                    .as("from the token, for the answer does not say it")
                    .isEqualTo("khala-auth-v1");
            assertThat(answer.scopes()).containsExactly("a", "b");
            var token = answer.token().orElseThrow();
            assertThat(token.claim("oa_workspace_id")).contains("w1");
            assertThat(token.claim("oa_role")).contains("admin");
            assertNoSecretIsShown(answer);
        }
    }

    @Test
    void a_plain_khala_token_has_no_scope() {
        try (var mint = start(Map.of())) {
            var answer = system(mint.uri(), PATIENCE).khalaToken(KhalaTokenRequest.plain());

            assertThat(answer.minted()).isTrue();
            assertThat(answer.scopes()).isEmpty();
        }
    }

    @Test
    void a_refusal_of_another_shape_is_an_answer_too() {
        try (var server = RawServer.answering("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 4\r\n\r\noops")) {
            var answer = system(server.uri(), PATIENCE).syncToken();

            assertThat(answer.minted()).isFalse();
            assertThat(answer.words()).isEqualTo("502: not JSON");
        }
    }

    @Test
    void a_control_plane_that_is_not_there_could_not_be_checked() {
        assertThatThrownBy(() -> system(RawServer.nobody(), PATIENCE).syncToken())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("connection refused")
                .hasMessageContaining("curl")
                .hasMessageContaining("$API_TOKEN")
                .hasMessageNotContaining(API_TOKEN);
        assertThat(evidence).isEmpty();
    }

    @Test
    void a_control_plane_that_answers_nothing_or_byte_by_byte_is_not_waited_for() {
        for (var server : List.of(RawServer.silent(), RawServer.dripping())) {
            try (server) {
                assertThatThrownBy(() -> system(server.uri(), SHORT_PATIENCE).khalaToken(KhalaTokenRequest.plain()))
                        .isInstanceOf(CouldNotCheck.class)
                        .hasMessageContaining("no answer within 300 ms");
            }
        }
    }

    private void assertNoSecretIsShown(MintAnswer answer) {
        var shown = answer + evidence.toString() + answer.command();
        // A request id may hold the first letters of a token by chance.
        assertThat(shown).doesNotContain(API_TOKEN).doesNotContainPattern("eyJ[\\w-]{8,}\\.");
        assertThat(answer.token().map(SyncToken::toString).orElse("minted token"))
                .isEqualTo("minted token");
    }

    private ControlPlaneSystem system(URI base, Duration patience) {
        return new ControlPlaneSystem(new ControlPlaneAccess(base, () -> API_TOKEN, patience), evidence::add);
    }

    private static ControlPlaneReplica start(Map<String, Object> extra) {
        var variables = new HashMap<>(Map.of(
                "APP_URL", "https://app.test",
                "OA_SYNC_TOKEN_SIGNING_KEY", "a-signing-key",
                "OA_KHALA_TOKEN_SIGNING_KEY", "another-key",
                "OA_REPLICA_API_TOKENS", API_TOKEN + "=7"));
        extra.forEach((name, value) -> variables.put(name, (String) value));
        return ControlPlaneReplica.start(variables, folder.resolve("control-plane.log"));
    }
}
