package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.http.StubApiServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final int LIMIT_SECONDS = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    private StubApiServer server() {
        return new StubApiServer(Map.of(
                "/api/v1/namespaces/hung/pods",
                exchange -> {
                    asked.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException closed) {
                        exchange.close();
                    }
                },
                "/api/v1/namespaces/staging/pods",
                exchange -> JsonServer.answer(exchange, 200, Map.of("kind", "PodList", "items", List.of()))));
    }

    @Test
    void whoever_is_ended_while_asking_does_not_silence_the_server_for_others() throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try (var server = server()) {
            var silence = new Silence(server.client(), "staging");
            var ended =
                    thread.submit(() -> assertThatThrownBy(() -> silence.ask("list pods", () -> pods(server, "hung")))
                            .isInstanceOf(CouldNotCheck.class));
            assertThat(asked.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            thread.shutdownNow();
            ended.get(LIMIT_SECONDS, TimeUnit.SECONDS);

            assertThatCode(() -> silence.ask("list pods", () -> pods(server, "staging")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_server_that_does_not_answer_is_asked_no_more_for_a_while() {
        try (var server = server()) {
            var silence = new Silence(server.client(), "staging");
            server.stop();
            assertThatThrownBy(() -> silence.ask("list pods", () -> pods(server, "staging")))
                    .hasMessageContaining("does not answer");

            assertThatThrownBy(() -> silence.ask("list pods", () -> 0)).hasMessageContaining("does not answer");
        }
    }

    private static int pods(StubApiServer server, String namespace) {
        return server.client().pods().inNamespace(namespace).list().getItems().size();
    }
}
