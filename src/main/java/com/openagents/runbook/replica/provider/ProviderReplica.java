package com.openagents.runbook.replica.provider;

import com.openagents.runbook.replica.runtime.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the tools of the runtime call: a part of GitHub's REST API, which can be made to fail, and two providers of mail.
 */
public final class ProviderReplica implements AutoCloseable {
    /** The first provider of mail does not take messages to addresses that begin like this. */
    public static final String REFUSED = "refused-";

    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;
    private final String token;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int failure;

    private ProviderReplica(String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            var thread = new Thread(work, "provider");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/repos/", this::answer);
        server.createContext("/resend/emails", ProviderReplica::mail);
        server.createContext("/postmark/emails", ProviderReplica::mail);
        server.start();
    }

    /** @param token what a caller must show */
    public static ProviderReplica start(String token) {
        try {
            return new ProviderReplica(token);
        } catch (IOException e) {
            throw new UncheckedIOException("the provider could not be started", e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often it was called. */
    public int calls() {
        return calls.get();
    }

    /** From now on every call is answered with this status; 0 ends that. */
    public void failWith(int status) {
        failure = status;
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        var shown = exchange.getRequestHeaders().getFirst("authorization");
        int status = failure != 0 ? failure : ("Bearer " + token).equals(shown) ? 200 : 401;
        var path = exchange.getRequestURI().getPath().split("/");
        var body = status == 200
                ? Json.object("number", path[path.length - 1], "repository", path[2] + "/" + path[3], "state", "open")
                : Json.object("message", "status " + status);
        send(exchange, status, body);
    }

    /** Every message is taken, but not by the first provider if its address says so. */
    private static void mail(HttpExchange exchange) throws IOException {
        var message = Json.readObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        boolean refused = exchange.getRequestURI().getPath().startsWith("/resend/")
                && String.valueOf(message.get("to")).startsWith(REFUSED);
        send(exchange, refused ? 503 : 202, Json.object("accepted", !refused));
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        var bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
