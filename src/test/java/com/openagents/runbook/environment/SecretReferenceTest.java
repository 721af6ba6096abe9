package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.http.JsonServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReferenceTest {
    @TempDir
    private Path folder;

    private final Redactor redactor = new Redactor();
    private final SecretReference secrets =
            new SecretReference(redactor, Map.of("DB_PASSWORD", "correct horse")::get, Optional::empty);

    @Test
    void a_variable_is_read_and_masked_from_then_on() {
        assertThat(secrets.resolve("env:DB_PASSWORD")).isEqualTo("correct horse");
        assertThat(redactor.redact("it is correct horse")).isEqualTo("it is [REDACTED]");
    }

    @Test
    void a_file_is_read_without_the_line_end() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "battery staple\n");

        assertThat(secrets.resolve("file:" + file)).isEqualTo("battery staple");
    }

    @Test
    void what_is_not_there_is_a_reason_that_names_the_reference() {
        assertThatThrownBy(() -> secrets.resolve("env:MISSING"))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessage("there is no secret at env:MISSING");
        assertThatThrownBy(() -> secrets.resolve("file:" + folder.resolve("none")))
                .isInstanceOf(CouldNotCheck.class);
        assertThatThrownBy(() -> secrets.resolve("secret:ns/name/key")).isInstanceOf(CouldNotCheck.class);
    }

    @Test
    void a_secret_that_may_not_be_read_is_not_told_as_one_that_is_not_there() {
        assertThat(reasonOf(404)).isEqualTo("there is no secret at secret:staging/runtime-secrets/KEY");
        assertThat(reasonOf(403))
                .startsWith(
                        "the secret at secret:staging/runtime-secrets/KEY cannot be read: kubernetes at http://127.0.0.1:")
                .endsWith("does not allow 'get secrets' in namespace staging: grant that verb");
    }

    @Test
    void a_secret_that_is_not_there_leaves_no_other_unmasked() {
        var missing = Map.of("kind", "Status", "apiVersion", "v1", "status", "Failure", "code", 404);
        var there = Map.of("kind", "Secret", "apiVersion", "v1", "data", Map.of("KEY", "Y29ycmVjdCBob3JzZQ=="));
        try (var server = JsonServer.start(
                        "the API server",
                        Map.of(
                                "/", exchange -> JsonServer.answer(exchange, 404, missing),
                                "/api/v1/namespaces/staging/secrets/second",
                                        exchange -> JsonServer.answer(exchange, 200, there)));
                var client = client(server)) {
            new SecretReference(redactor, name -> null, () -> Optional.of(client))
                    .learn(List.of("secret:staging/first/KEY", "secret:staging/second/KEY"));
        }

        assertThat(redactor.redact("it is correct horse")).isEqualTo("it is [REDACTED]");
    }

    private static KubernetesClient client(JsonServer server) {
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.uri().toString())
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private String reasonOf(int code) {
        var status = Map.of("kind", "Status", "apiVersion", "v1", "status", "Failure", "code", code);
        try (var server = JsonServer.start(
                        "the API server", Map.of("/", exchange -> JsonServer.answer(exchange, code, status)));
                var client = client(server)) {
            var there = new SecretReference(redactor, name -> null, () -> Optional.of(client));
            return catchThrowableOfType(CouldNotCheck.class, () -> there.resolve("secret:staging/runtime-secrets/KEY"))
                    .getMessage();
        }
    }

    @Test
    void what_can_be_found_is_masked_before_anybody_asks_for_it() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "battery staple\n");

        secrets.learn(List.of("secret:ns/name/key", "env:MISSING", "env:DB_PASSWORD", "file:" + file));

        assertThat(redactor.redact("correct horse, battery staple")).isEqualTo("[REDACTED], [REDACTED]");
    }
}
