package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.runtime.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays the control plane that hands out secrets, and the GitHub that is called with them. */
final class ProviderStandIn implements AutoCloseable {
    static final String SHARED_SECRET = "internal-shared-secret";
    private static final String GITHUB_TOKEN = "github-token";

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();

    ProviderStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/internal/", this::secret);
        server.createContext("/repos/", this::github);
        server.start();
    }

    Map<String, String> variables() {
        return Map.of(
                "OA_RUNTIME_INTERNAL_LARAVEL_BASE_URL", url(),
                "OA_RUNTIME_INTERNAL_SHARED_SECRET", SHARED_SECRET,
                "OA_REPLICA_GITHUB_BASE_URL", url());
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int githubCalls() {
        return calls.get();
    }

    private void secret(HttpExchange exchange) throws IOException {
        long age = System.currentTimeMillis() / 1000
                - Long.parseLong(exchange.getRequestHeaders().getFirst("x-oa-internal-timestamp"));
        boolean signed =
                exchange.getRequestHeaders().getFirst("x-oa-internal-signature").length() == 64;
        answer(exchange, age < 60 && signed ? 200 : 401, Json.object("data", Json.object("secret", GITHUB_TOKEN)));
    }

    private void github(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        boolean known =
                ("Bearer " + GITHUB_TOKEN).equals(exchange.getRequestHeaders().getFirst("authorization"));
        boolean broken = exchange.getRequestURI().getPath().endsWith("/500");
        answer(exchange, broken ? 500 : known ? 200 : 401, Json.object("id", 1747));
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        var bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
