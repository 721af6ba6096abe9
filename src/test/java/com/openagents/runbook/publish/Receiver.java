package com.openagents.runbook.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that takes what it is told, and answers as it was asked to. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Told> told = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    /** What came. */
    public record Told(String line, Optional<String> authorization, String mediaType, byte[] bytes) {
        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How the next request is answered that no other answer is meant for; without, with 200. */
    public Receiver answers(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** The next request is never answered. */
    public Receiver isSilent() {
        return answers(0, "");
    }

    public List<Told> told() {
        return List.copyOf(told);
    }

    public List<String> bodies() {
        return told.stream().map(Told::body).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        told.add(new Told(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath(),
                Optional.ofNullable(headers.getFirst("Authorization")),
                headers.getFirst("Content-Type"),
                exchange.getRequestBody().readAllBytes()));
        Answer answer;
        synchronized (answers) {
            answer = answers.isEmpty() ? new Answer(200, "") : answers.remove();
        }
        if (answer.status() == 0) {
            awaitEnd();
        }
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Math.max(200, answer.status()), body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
