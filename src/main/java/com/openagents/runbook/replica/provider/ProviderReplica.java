package com.openagents.runbook.replica.provider;

import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.runtime.json.Json;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the tools of the runtime call: a part of GitHub's REST API, which can be made to fail, and two providers of mail.
 */
public final class ProviderReplica implements AutoCloseable {
    /** The first provider of mail does not take messages to addresses that begin like this. */
    public static final String REFUSED = "refused-";

    private final JsonServer server;
    private final String token;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int failure;

    private ProviderReplica(String token, InetSocketAddress address) {
        this.token = token;
        server = JsonServer.start(
                "provider",
                address,
                Map.of(
                        "/repos/", this::answer,
                        "/resend/emails", ProviderReplica::mail,
                        "/postmark/emails", ProviderReplica::mail));
    }

    /** @param token what a caller must show */
    public static ProviderReplica start(String token) {
        return start(token, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static ProviderReplica start(String token, InetSocketAddress address) {
        return new ProviderReplica(token, address);
    }

    public URI uri() {
        return server.uri();
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
        JsonServer.body(exchange);
        int status = failure != 0 ? failure : JsonServer.shows(exchange, token) ? 200 : 401;
        var path = exchange.getRequestURI().getPath().split("/");
        var body = status == 200
                ? Json.object("number", path[path.length - 1], "repository", path[2] + "/" + path[3], "state", "open")
                : Json.object("message", "status " + status);
        JsonServer.answer(exchange, status, body);
    }

    /** Every message is taken, but not by the first provider if its address says so. */
    private static void mail(HttpExchange exchange) throws IOException {
        var message = Json.readObject(JsonServer.body(exchange));
        boolean refused = exchange.getRequestURI().getPath().startsWith("/resend/")
                && String.valueOf(message.get("to")).startsWith(REFUSED);
        JsonServer.answer(exchange, refused ? 503 : 202, Json.object("accepted", !refused));
    }

    @Override
    public void close() {
        server.close();
    }
}
