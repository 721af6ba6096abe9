package com.openagents.runbook.replica.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.runtime.Rows;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanitizerTest {
    @TestFactory
    Stream<DynamicTest> texts_are_redacted_by_their_shape() {
        return Rows.tests("sanitizer.yaml", row -> {
            var text = (String) row.get("text");
            var meant = row.getOrDefault("meant", row.get("both"));
            assertThat(Sanitizer.intended().text(text)).isEqualTo(meant);
            var published = row.getOrDefault("published", row.get("both"));
            if (published != null) {
                assertThat(Sanitizer.published().text(text)).isEqualTo(published);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password", "Authorization", "x-api-key", "client_secret", "github_token", "SSN", "my_admin_key"
            })
    void secret_keys_lose_their_value(String key) {
        assertThat(Sanitizer.intended().clean(Map.of(key, "v"))).containsEntry(key, "[REDACTED]");
    }

    @Test
    void keys_are_redacted_at_any_depth_and_other_values_stay() {
        var payload = Json.object("a", List.of(Json.object("email", "x", "phone", 5L, "n", 12345678901L)), "b", null);

        var clean = Sanitizer.intended().clean(payload);

        assertThat(Json.write(clean))
                .isEqualTo(
                        "{\"a\":[{\"email\":\"[REDACTED_EMAIL]\",\"n\":12345678901,\"phone\":\"[REDACTED_PHONE]\"}],\"b\":null}");
    }

    @Property(tries = 1_000)
    void cleaning_twice_changes_nothing_more(@ForAll String text) {
        var sanitizer = Sanitizer.intended();
        var once = sanitizer.text(text);

        assertThat(sanitizer.text(once)).isEqualTo(once);
    }
}
