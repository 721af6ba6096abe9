package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.http.StubApiServer;
import com.sun.net.httpserver.HttpHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The lines of one log that hold a text. */
class LinesOfALogTest {
    private static final String LOG = "12:00:00.000 [info] one\n12:00:00.001 [info] two\n";

    @Test
    void lines_with_the_text_are_found() {
        var found = lines(exchange -> {
            exchange.sendResponseHeaders(200, LOG.length());
            exchange.getResponseBody().write(LOG.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        assertThat(found.lines()).containsExactly("12:00:00.001 [info] two");
    }

    @Test
    void a_log_that_does_not_come_is_not_waited_for_and_proves_nothing() {
        var never = new CountDownLatch(1);

        assertThatThrownBy(() -> lines(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().flush();
                    try {
                        never.await();
                    } catch (InterruptedException closed) {
                        exchange.close();
                    }
                }))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("the log of runtime-0 was not read to its end (")
                .hasMessageContaining("nothing came of any log for 5 s");
    }

    @Test
    void a_right_that_is_missing_is_named() {
        assertThatThrownBy(() -> lines(exchange -> JsonServer.answer(
                        exchange, 403, Map.of("kind", "Status", "apiVersion", "v1", "code", 403, "message", "no"))))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("does not allow 'get pods/log'");
    }

    private static LogMatches lines(HttpHandler log) {
        try (var server = new StubApiServer(Map.of("/api/v1/namespaces/staging/pods/runtime-0/log", log))) {
            var client = server.client();
            return UnsharedSystem.of(client, "staging", unseen -> {})
                    .linesWith("runtime-0", "two", Duration.ofMinutes(1));
        }
    }
}
