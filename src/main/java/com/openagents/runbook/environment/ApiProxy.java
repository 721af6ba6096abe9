package com.openagents.runbook.environment;

import com.openagents.runbook.system.http.Intermediary;
import com.openagents.runbook.system.http.JsonText;
import com.openagents.runbook.system.kubernetes.KubernetesRefusal;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One runtime pod at a port of this machine, reached through the proxy of the API server. Requests and streams go that way;
 * sync sockets do not, for that proxy forgets the query of an upgrade, which holds the token.
 */
final class ApiProxy implements PodAddresses.Opened {
    private static final int BUFFER = 16_384;
    /** Until a pod begins to answer; longer than any question here is waited for. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int LONGEST_STATUS = 65_536;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int BAD_GATEWAY = 502;
    /** Of one connection only, or written anew by both ends. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "transfer-encoding", "content-length", "host", "upgrade", "date");

    private static final Map<String, String> VERBS = Map.of(
            "GET", "get", "HEAD", "get", "POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete");

    private final KubernetesClient client;
    private final HttpClient asking;
    private final String namespace;
    private final String target;
    private final HttpServer server;
    private final ExecutorService threads;

    private ApiProxy(KubernetesClient client, String namespace, String pod, int port, HttpServer server) {
        this.client = client;
        this.namespace = namespace;
        this.asking = RequestLimits.once(client);
        this.target = client.getConfiguration().getMasterUrl() + "api/v1/namespaces/" + namespace + "/pods/" + pod + ":"
                + port + "/proxy";
        this.server = server;
        this.threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "proxy of " + pod);
            thread.setDaemon(true);
            return thread;
        });
    }

    static ApiProxy to(KubernetesClient client, String namespace, String pod, int port) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var proxy = new ApiProxy(client, namespace, pod, port, server);
            server.setExecutor(proxy.threads);
            server.createContext("/", proxy::pass);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no port of this machine can be had for pod " + pod, e);
        }
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            notAsked(exchange, NOT_IMPLEMENTED, PodAddresses.NO_SOCKETS);
            return;
        }
        var response = asking.sendAsync(request(exchange), InputStream.class);
        try {
            answer(exchange, response.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            response.cancel(true);
            exchange.close();
        } catch (ExecutionException e) {
            notAsked(exchange, BAD_GATEWAY, refusal(exchange, new KubernetesClientException("", e.getCause())));
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("ended while it was passed on", e);
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var body = exchange.getRequestBody().readAllBytes();
        var request = asking.newHttpRequestBuilder()
                .uri(target + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (body.length == 0) {
            request.method(exchange.getRequestMethod(), type, (String) null);
        } else {
            request.method(exchange.getRequestMethod(), type, new ByteArrayInputStream(body), body.length);
        }
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isPassedOn(name) && !name.equalsIgnoreCase("content-type")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static boolean isPassedOn(String header) {
        return !HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    private void answer(HttpExchange exchange, HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            if (response.code() < 400) {
                pass(exchange, response, body);
                return;
            }
            var read = body.readNBytes(LONGEST_STATUS);
            var said = saidByApiServer(read);
            if (said.isPresent()) {
                var refused = new KubernetesClientException(said.get(), response.code(), null);
                notAsked(exchange, BAD_GATEWAY, refusal(exchange, refused));
            } else {
                pass(exchange, response, new SequenceInputStream(new ByteArrayInputStream(read), body));
            }
        }
    }

    /** What the API server itself says, and not the pod; empty if it is the pod. */
    private static Optional<String> saidByApiServer(byte[] body) {
        var json = JsonText.read(new String(body, StandardCharsets.UTF_8));
        boolean status = JsonText.part(json, "kind").filter("Status"::equals).isPresent()
                && JsonText.part(json, "apiVersion").filter("v1"::equals).isPresent();
        return status ? JsonText.part(json, "message").or(() -> Optional.of("no reason")) : Optional.empty();
    }

    private String refusal(HttpExchange exchange, KubernetesClientException e) {
        var need = VERBS.getOrDefault(exchange.getRequestMethod(), "get") + " pods/proxy";
        return KubernetesRefusal.reason(client.getConfiguration().getMasterUrl(), namespace, need, e)
                .getMessage();
    }

    /** As it comes, for a stream is followed while it is written. One that breaks off breaks off here, too. */
    private static void pass(HttpExchange exchange, HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        response.headers().forEach((name, values) -> {
            if (isPassedOn(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        boolean empty = "0".equals(response.header("Content-Length"));
        exchange.sendResponseHeaders(response.code(), empty ? -1 : 0);
        var piece = new byte[BUFFER];
        var out = exchange.getResponseBody();
        for (int length = body.read(piece); length >= 0 && !empty; length = body.read(piece)) {
            out.write(piece, 0, length);
            out.flush();
        }
        exchange.close();
    }

    private static void notAsked(HttpExchange exchange, int code, String reason) throws IOException {
        exchange.getResponseHeaders().set(Intermediary.HEADER, Intermediary.written(reason));
        exchange.sendResponseHeaders(code, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
