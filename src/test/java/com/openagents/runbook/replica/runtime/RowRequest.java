package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.runtime.auth.Hmac;
import com.openagents.runbook.replica.runtime.auth.TokenIssuer;
import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One request of a row and what is expected of its answer. Without a {@code token} it carries one that fits; {@code
 * none} sends no header, a map changes a good one.
 */
record RowRequest(Map<String, Object> row) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    HttpResponse<String> send(Pod pod) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(pod.url(path())));
        headers().forEach((name, value) -> request.header(name, (String) value));
        token().ifPresent(token -> request.header("x-oa-runtime-signature", token));
        var body = row.containsKey("body") ? Json.write(row.get("body")) : (String) row.getOrDefault("raw", "");
        return TestPod.send(request.method(method(), TestPod.publisher(body)).build());
    }

    void check(HttpResponse<String> answer) {
        assertThat((long) answer.statusCode())
                .as(method() + " " + path() + ": " + answer.body())
                .isEqualTo(((Number) row.get("status")).longValue());
        // The socket answers before the parts that number requests.
        assertThat(answer.headers().firstValue("x-request-id").isPresent())
                .isNotEqualTo(path().startsWith("/socket/websocket"));
        if (answer.body().startsWith("{")) {
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        }
        if (row.get("answer") instanceof String body) {
            assertThat(answer.body()).isEqualTo(body);
        }
        if (row.containsKey("message")) {
            assertThat(answer.body()).contains("\"message\":" + Json.write(row.get("message")));
        }
        if (row.containsKey("code")) {
            assertThat(answer.body()).contains("\"code\":\"" + row.get("code") + "\"");
        }
        if (row.containsKey("json")) {
            assertContains(Json.readObject(answer.body()), Json.read(Json.write(row.get("json"))));
        }
        if (row.containsKey("matches")) {
            assertThat(answer.body()).containsPattern((String) row.get("matches"));
        }
    }

    String method() {
        return (String) row.getOrDefault("method", "GET");
    }

    String path() {
        var path = (String) row.get("path");
        return path.startsWith("//") ? path.substring(1) : "/internal/v1" + path;
    }

    private Map<String, Object> headers() {
        var headers = new LinkedHashMap<String, Object>(Map.of("content-type", "application/json"));
        if (!path().endsWith("/health")) {
            headers.put("x-oa-user-id", "7");
        }
        headers.putAll(Rows.map(row, "headers"));
        headers.values().removeIf(""::equals);
        return headers;
    }

    private Optional<String> token() {
        var token = row.getOrDefault("token", Map.of("claims", fitting()));
        if (token.equals("none")) {
            return Optional.empty();
        }
        var wanted = Rows.map(Map.of("token", token), "token");
        if (wanted.containsKey("raw")) {
            return Optional.of((String) wanted.get("raw"));
        }
        if (wanted.containsKey("payload")) {
            return Optional.of(sign(Json.write(wanted.get("payload"))));
        }
        long issuedAt = Instant.now().getEpochSecond() + number(wanted, "iat", 0);
        var issuer = new TokenIssuer((String) wanted.getOrDefault("secret", TestPod.SECRET));
        var nonce = (String) wanted.getOrDefault("nonce", UUID.randomUUID().toString());
        return Optional.of(issuer.issue(issuedAt, number(wanted, "ttl", 60), nonce, Rows.map(wanted, "claims")));
    }

    /** The claims that the request is expected to bear. */
    private Map<String, Object> fitting() {
        var claims = Json.object();
        var segments = path().split("[/?]");
        if (segments.length > 4 && segments[3].equals("runs")) {
            claims.put("run_id", segments[4]);
            claims.put("thread_id", TestPod.THREAD);
        }
        var headers = headers();
        if (headers.get("x-oa-user-id") instanceof String user && user.matches("-?\\d+")) {
            claims.put("user_id", Long.valueOf(user));
        }
        if (headers.get("x-oa-guest-scope") instanceof String scope) {
            claims.put("guest_scope", scope);
        }
        return claims;
    }

    private static String sign(String payload) {
        var segment = BASE64.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        var key = TestPod.SECRET.getBytes(StandardCharsets.UTF_8);
        return "v1." + segment + "."
                + BASE64.encodeToString(Hmac.sha256(key, segment.getBytes(StandardCharsets.UTF_8)));
    }

    private static long number(Map<String, Object> map, String key, long fallback) {
        return map.get(key) instanceof Number number ? number.longValue() : fallback;
    }

    /** Every member that is expected is there, at any depth; the answer may have more. */
    private static void assertContains(Object actual, Object expected) {
        if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> answer) {
            map.forEach((key, value) -> {
                assertThat(answer.containsKey(key)).as(key + " in " + answer).isTrue();
                assertContains(answer.get(key), value);
            });
        } else if (expected instanceof List<?> list && actual instanceof List<?> answer) {
            assertThat(answer).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                assertContains(answer.get(i), list.get(i));
            }
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }
}
