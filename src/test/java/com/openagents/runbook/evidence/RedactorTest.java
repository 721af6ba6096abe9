package com.openagents.runbook.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void a_line_of_a_known_key_is_masked_alone_and_its_boundaries_stay() {
        redactor.hide("-----BEGIN SYNC KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\nu3bX9sfkQ0yWm1h8\n-----END SYNC KEY-----\n");

        assertThat(redactor.redact("-----BEGIN SYNC KEY-----")).isEqualTo("-----BEGIN SYNC KEY-----");
        assertThat(redactor.redact("line 2: u3bX9sfkQ0yWm1h8")).isEqualTo("line 2: [REDACTED]");
        assertThat(redactor.redact("  MC4CAQAwBQYDK2VwBCIEIA\n  u3bX9sfkQ0yWm1h8\n"))
                .isEqualTo("  [REDACTED]\n  [REDACTED]\n");
    }

    @Test
    void secrets_that_overlap_are_masked_as_one() {
        redactor.hide("signing-key-of-staging");
        redactor.hide("staging-and-production");

        assertThat(redactor.redact("a signing-key-of-staging-and-production b")).isEqualTo("a [REDACTED] b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyOjEifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg",
                "v1.eyJpYXQiOjE3MDAwMDAwMDB9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg",
                "AKIAIOSFODNN7EXAMPLE",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwx",
                "glpat-abcdefghij0123456789",
                "xoxb-123456789012-abcdefghijkl",
                "xapp-1-A0123456789-abcdef",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "ya29.a0AfH6SMBx1234567890abcdef",
                "sk-proj-abcdefghijklmnopqrstuvwx",
            })
    void tokens_are_masked_without_being_known(String token) {
        assertThat(redactor.redact("token: " + token + ", done")).isEqualTo("token: [REDACTED], done");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            authorization: Bearer abcdefgh.ijkl         | authorization: Bearer [REDACTED]
            Authorization: Basic dXNlcjpodW50ZXIy       | Authorization: Basic [REDACTED]
            Proxy-Authorization: Negotiate YIIabcdefg== | Proxy-Authorization: Negotiate [REDACTED]
            {"authorization":"s3cr3t-value"}            | {"authorization":"[REDACTED]"}
            {\\"Authorization\\":\\"Bearer abcdefghij\\"}   | {\\"Authorization\\":\\"Bearer [REDACTED]\\"}
            curl -H 'authorization: Basic dXNlcjpwdw==' | curl -H 'authorization: Basic [REDACTED]'
            sent Basic dXNlcjpodW50ZXIy to it           | sent Basic [REDACTED] to it
            Cookie: _session=abc123; theme=dark         | Cookie: [REDACTED]
            set-cookie: sid=s%3Aabc; Path=/; HttpOnly   | set-cookie: [REDACTED]
            x-api-key: abc123                           | x-api-key: [REDACTED]
            redis://:hunter2@cache:6379/0               | redis://[REDACTED]@cache:6379/0
            postgres://app:p@ss@db/openagents           | postgres://[REDACTED]@db/openagents
            {"url":"amqp:\\/\\/app:hunter2@mq"}           | {"url":"amqp:\\/\\/[REDACTED]@mq"}
            to=https%3A%2F%2Fapp%3Ahunter2%40host%2Fx   | to=https%3A%2F%2F[REDACTED]%40host%2Fx
            host=db user=app password=hunter2 port=5    | host=db user=app password=[REDACTED] port=5
            host=db password='hunter two' port=5        | host=db password=[REDACTED] port=5
            Server=db;User Id=app;Pwd=hunter2;Port=5    | Server=db;User Id=app;Pwd=[REDACTED];Port=5
            /x?access_token=abc&page=2                  | /x?access_token=[REDACTED]&page=2
            /x?X-Amz-Signature=0a1b2c&X-Amz-Date=3      | /x?X-Amz-Signature=[REDACTED]&X-Amz-Date=3
            next=%2Fx%3Ftoken%3Dabc%26page%3D2          | next=%2Fx%3Ftoken%3D[REDACTED]%26page%3D2
            PGPASSWORD=hunter2 psql                     | PGPASSWORD=[REDACTED] psql
            AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MD    | AWS_SECRET_ACCESS_KEY=[REDACTED]
            DB_PASSWORD="hunter two" psql               | DB_PASSWORD="[REDACTED]" psql
            {"env":"DB_PASSWORD=\\"hunt\\\\er2\\" a"}     | {"env":"DB_PASSWORD=\\"[REDACTED]\\" a"}
            {"asked":"password=","seen":"ab"}           | {"asked":"password=","seen":"ab"}
            {\\"asked\\":\\"password=\\",\\"seen\\":1}      | {\\"asked\\":\\"password=\\",\\"seen\\":1}
            {"env":"PGPASSWORD=ab\\\\cd\\nPGHOST=db"}     | {"env":"PGPASSWORD=[REDACTED]\\nPGHOST=db"}
            {"to":"/x?access_token=abc\\u0026page=2"}   | {"to":"/x?access_token=[REDACTED]\\u0026page=2"}
            {"password":"p\\u0026ssw0rd","user":"app"}  | {"password":"[REDACTED]","user":"app"}
            {"password":["abc"],"user":"app"}           | {"password":["[REDACTED]"],"user":"app"}
            {"Authorization":["ApiKey abcdefgh"]}       | {"Authorization":["ApiKey [REDACTED]"]}
            {Authorization=[ApiKey abcdefgh]}           | {Authorization=[ApiKey [REDACTED]]}
            {"set-cookie":["sid=abc; Path=/"]}          | {"set-cookie":["[REDACTED]"]}
            {"client_secret": "abc", "scope": "all"}    | {"client_secret": "[REDACTED]", "scope": "all"}
            {\\"password\\":\\"abc\\",\\"user\\":\\"app\\"}       | {\\"password\\":\\"[REDACTED]\\",\\"user\\":\\"app\\"}
            https://hooks.slack.com/services/T01/B02/xY | https://hooks.slack.com/services/[REDACTED]
            """)
    void what_looks_like_a_secret_is_masked_and_the_rest_stays(String text, String masked) {
        assertThat(redactor.redact(text)).isEqualTo(masked);
        assertThat(redactor.redact(masked)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "systems.database.password: expected a reference such as env:NAME",
                "password authentication failed for user \"app\"",
                "Basic authentication is not offered, a bearer is",
                "{\"key\":\"OA_SYNC_TOKEN_SIGNING_KEY\",\"value\":\"set\",\"secret\":\"runtime-secrets\"}",
                "Secret runtime-secrets, token bucket, http://127.0.0.1:4000/a@b",
                "TOKEN=$API_TOKEN; SIGNATURE=$(printf %s $PAYLOAD | openssl dgst -sha256)",
                "sync_socket_auth_total{token=\"expired\"} 3",
                "{\"expr\":\"sum(auth_total{token=\\\"expired\\\"})\"}",
                "authorization: [none], cookie: [none]",
            })
    void words_about_secrets_stay(String text) {
        assertThat(redactor.redact(text)).isEqualTo(text);
    }

    @Test
    void passwords_in_connection_strings_are_masked_and_the_rest_stays() {
        assertThat(redactor.redact("ecto://runtime_app:hunter2@127.0.0.1:5432/openagents_runtime_dev"))
                .isEqualTo("ecto://[REDACTED]@127.0.0.1:5432/openagents_runtime_dev");
        assertThat(redactor.redact("jdbc:postgresql://h/db?user=u&password=hunter2&ssl=true"))
                .isEqualTo("jdbc:postgresql://h/db?user=u&password=[REDACTED]&ssl=true");
    }

    @Test
    void values_of_any_length_are_masked() {
        var escaped = "a\\\\b%41".repeat(50_000);

        assertThat(redactor.redact("{\"password\":\"" + escaped + "\"}")).isEqualTo("{\"password\":\"[REDACTED]\"}");
        assertThat(redactor.redact("password=\"" + escaped + "\"")).isEqualTo("password=\"[REDACTED]\"");
        assertThat(redactor.redact("password=" + escaped)).isEqualTo("password=[REDACTED]");
        var percent = "a%41".repeat(50_000);
        assertThat(redactor.redact("token%3D" + percent + "%26")).isEqualTo("token%3D[REDACTED]%26");
        assertThat(redactor.redact("https%3A%2F%2Fapp%3A" + percent + "%40db"))
                .isEqualTo("https%3A%2F%2F[REDACTED]%40db");
    }

    @Test
    void private_keys_are_masked_whole() {
        var key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----";

        assertThat(redactor.redact("key " + key + " end")).isEqualTo("key [REDACTED] end");
        assertThat(redactor.redact("key " + key.replace("\n", "\\n") + " end")).isEqualTo("key [REDACTED] end");
        assertThat(redactor.redact("{\\\"key\\\":\\\"-----BEGIN EC PRIVATE KEY-----\\\\nMC4C\\\",\\\"b\\\":1}"))
                .isEqualTo("{\\\"key\\\":\\\"[REDACTED]\\\",\\\"b\\\":1}");
    }

    @Test
    void the_lines_of_a_private_key_are_masked_where_each_is_a_row_of_its_own() {
        var line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
        var rows = "[{\"line\":\"-----BEGIN PRIVATE KEY-----\"},{\"line\":\"" + line + "\"},{\"line\":\"" + line
                + "==\"},{\"line\":\"-----END PRIVATE KEY-----\"},{\"line\":\"" + line + "\"}]";

        assertThat(redactor.redact(rows))
                .isEqualTo("[{\"line\":\"[REDACTED]\"},{\"line\":\"[REDACTED]\"},{\"line\":\"[REDACTED]\"},"
                        + "{\"line\":\"-----END PRIVATE KEY-----\"},{\"line\":\"" + line + "\"}]");
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
