package com.openagents.runbook.replica.http;

import com.openagents.runbook.replica.runtime.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A server which answers in JSON, on a port of its own of this machine unless it is told another. */
public final class JsonServer implements AutoCloseable {
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;

    private JsonServer(String name, HttpServer server) {
        this.server = server;
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
    }

    /**
     * @param name whom it stands in for
     * @param handlers what answers, by the beginning of the path
     */
    public static JsonServer start(String name, Map<String, HttpHandler> handlers) {
        return start(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handlers);
    }

    /** @param address where it listens, in the place of a port of its own */
    public static JsonServer start(String name, InetSocketAddress address, Map<String, HttpHandler> handlers) {
        try {
            return started(name, HttpServer.create(address, 0), handlers);
        } catch (IOException e) {
            throw new UncheckedIOException("the server of " + name + " could not be started", e);
        }
    }

    /** As {@link #start}, over TLS. */
    public static JsonServer startSecurely(
            String name, InetSocketAddress address, SSLContext tls, Map<String, HttpHandler> handlers) {
        try {
            var server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return started(name, server, handlers);
        } catch (IOException e) {
            throw new UncheckedIOException("the server of " + name + " could not be started", e);
        }
    }

    private static JsonServer started(String name, HttpServer server, Map<String, HttpHandler> handlers) {
        var json = new JsonServer(name, server);
        handlers.forEach(server::createContext);
        server.start();
        return json;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The whole body of a request, so that its connection can be used again. */
    public static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Whether the request shows this bearer token. */
    public static boolean shows(HttpExchange exchange, String token) {
        return ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("authorization"));
    }

    public static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        var bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json; charset=UTF-8");
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
