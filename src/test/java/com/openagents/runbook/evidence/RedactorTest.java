package com.openagents.runbook.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String SECRET = "p@ss \"word\"\nwith+everything/in=it";

    private final Redactor redactor = new Redactor();

    @Test
    void a_known_secret_is_masked_in_every_form() throws Exception {
        redactor.hide(SECRET);
        var json = new ObjectMapper().writeValueAsString(SECRET);
        var bytes = SECRET.getBytes(StandardCharsets.UTF_8);

        for (var form : new String[] {
            SECRET,
            json.substring(1, json.length() - 1),
            URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
            Base64.getEncoder().withoutPadding().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        }) {
            assertThat(redactor.redact("before " + form + " after")).isEqualTo("before [REDACTED] after");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyOjEifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg",
                "v1.eyJpYXQiOjE3MDAwMDAwMDB9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg",
            })
    void tokens_are_masked_without_being_known(String token) {
        assertThat(redactor.redact("token: " + token + ", done")).isEqualTo("token: [REDACTED], done");
    }

    @Test
    void passwords_in_connection_strings_are_masked_and_the_rest_stays() {
        assertThat(redactor.redact("ecto://runtime_app:hunter2@127.0.0.1:5432/openagents_runtime_dev"))
                .isEqualTo("ecto://[REDACTED]@127.0.0.1:5432/openagents_runtime_dev");
        assertThat(redactor.redact("jdbc:postgresql://h/db?user=u&password=hunter2&ssl=true"))
                .isEqualTo("jdbc:postgresql://h/db?user=u&password=[REDACTED]&ssl=true");
    }

    @Test
    void private_keys_are_masked_whole() {
        var key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----";

        assertThat(redactor.redact("key " + key + " end")).isEqualTo("key [REDACTED] end");
        assertThat(redactor.redact("key " + key.replace("\n", "\\n") + " end")).isEqualTo("key [REDACTED] end");
    }

    @Test
    void ordinary_text_stays_as_it_is() {
        redactor.hide("");
        redactor.hide("abc");
        redactor.hide(null);
        var text = "runtime-2   CrashLoopBackOff, 7 restarts, last exit 137 (OOMKilled) 2 min ago, abc";

        assertThat(redactor.redact(text)).isEqualTo(text);
    }
}
