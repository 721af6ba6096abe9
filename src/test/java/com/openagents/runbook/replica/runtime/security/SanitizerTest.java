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

    @TestFactory
    Stream<DynamicTest> values_are_redacted_by_their_key() {
        return Rows.tests("sanitizer-keys.yaml", row -> {
            for (var key : (List<?>) row.get("keys")) {
                assertThat(Sanitizer.intended().clean(Map.of((String) key, "v")))
                        .containsEntry((String) key, row.get("becomes"));
            }
        });
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
