package com.openagents.runbook.system.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpCallerTest {
    private static final String LONG = "x".repeat(100_000);

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/long", exchange -> {
            // Without a length the answer comes in chunks.
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write(LONG.getBytes(StandardCharsets.US_ASCII));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_long_answer_in_chunks_is_read_to_its_end() {
        assertThat(caller().ask(call()).body()).isEqualTo(LONG);
    }

    @Test
    void so_is_each_of_several_on_one_connection() {
        assertThat(caller().repeat(call(), 3))
                .hasSize(3)
                .allSatisfy(answer -> assertThat(answer.body()).isEqualTo(LONG));
    }

    private static HttpCaller caller() {
        return new HttpCaller("server", Duration.ofSeconds(10));
    }

    private HttpCall call() {
        var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/long");
        return new HttpCall("GET", uri, Map.of(), Optional.empty(), Optional.empty(), "");
    }
}
