package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.replica.http.JsonServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceForwardTest {
    private final JsonServer first = pod("runtime-0");
    private final JsonServer second = pod("runtime-1");

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static JsonServer pod(String name) {
        return JsonServer.start(name, Map.of("/", exchange -> JsonServer.answer(exchange, 200, Map.of("pod", name))));
    }

    /** On a connection of its own. */
    private static String ask(URI service) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(service.resolve("/")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void connections_go_to_the_ready_pods_in_turn() throws Exception {
        try (var service = ServiceForward.to(() -> List.of(first.uri(), second.uri()))) {
            var answers = new HashSet<String>();
            for (int i = 0; i < 4; i++) {
                answers.add(ask(service.uri()));
            }

            assertThat(answers).isEqualTo(Set.of("{\"pod\":\"runtime-0\"}", "{\"pod\":\"runtime-1\"}"));
        }
    }

    @Test
    void a_pod_that_is_not_ready_gets_none() throws Exception {
        try (var service = ServiceForward.to(() -> List.of(second.uri()))) {
            assertThat(List.of(ask(service.uri()), ask(service.uri()))).containsOnly("{\"pod\":\"runtime-1\"}");
        }
    }

    @Test
    void without_a_ready_pod_connections_end() {
        try (var service = ServiceForward.to(List::of)) {
            assertThatThrownBy(() -> ask(service.uri())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void an_api_server_that_refuses_ends_the_connection_only() throws Exception {
        var refuses = new AtomicBoolean(true);
        try (var service = ServiceForward.to(() -> {
            if (refuses.get()) {
                throw new IllegalStateException("refused");
            }
            return List.of(first.uri());
        })) {
            assertThatThrownBy(() -> ask(service.uri())).isInstanceOf(IOException.class);
            refuses.set(false);
            assertThat(ask(service.uri())).contains("runtime-0");
        }
    }
}
