package com.openagents.runbook.system.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.http.HttpCall.Credential;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpCallerTest {
    private static final String SECRET = "a-long-secret";
    private static final String ECHO = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/" + SECRET
            + "\r\ncontent-length: 21\r\n\r\n{\"x\":\"" + SECRET + "\"}";

    private final HttpCaller caller = new HttpCaller("runtime", Duration.ofSeconds(10));

    @Test
    void waits_for_the_rest_of_a_body() {
        try (var server = RawServer.slowlyAnswering("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwh", "ole")) {
            assertThat(caller.ask(call(server)).body()).isEqualTo("whole");
        }
    }

    @Test
    void follows_no_redirect_and_masks_a_credential_that_comes_back() {
        try (var server = RawServer.answering(ECHO)) {
            var answer = caller.ask(call(server));

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).contains("http://127.0.0.1:1/[authorization]");
            assertThat(answer.part("x")).contains("[authorization]");
            assertThat(answer.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void an_answer_that_ends_too_early_is_none() {
        try (var server = RawServer.answering("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf")) {
            assertThatThrownBy(() -> caller.ask(call(server)))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining("the connection broke before an answer")
                    .hasMessageNotContaining(SECRET);
        }
    }

    private static HttpCall call(RawServer server) {
        var credential = new Credential("authorization", "Bearer " + SECRET, "Bearer $TOKEN");
        return new HttpCall("GET", server.uri(), Map.of(), Optional.of(credential), Optional.empty(), "");
    }
}
