package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One open sync socket (contract 5.1), from its opening until it is left. */
final class SyncSession implements WebSocket.Listener {
    private static final String TOPIC = "sync:v1";
    private static final String JOIN_REF = "1";

    private final Wire wire;
    private final Consumer<Map<String, Object>> batches;
    private final Map<String, CompletableFuture<Map<String, Object>>> replies = new ConcurrentHashMap<>();
    private final AtomicLong lastRef = new AtomicLong();
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private WebSocket socket;
    private boolean left;

    private SyncSession(Wire wire, Consumer<Map<String, Object>> batches) {
        this.wire = wire;
        this.batches = batches;
    }

    /** @param batches gets the payload of each batch of updates, until the session is left */
    static CompletableFuture<SyncSession> open(
            Wire wire, URI pod, String token, Consumer<Map<String, Object>> batches) {
        var session = new SyncSession(wire, batches);
        var address = pod.toString().replaceFirst("^http", "ws") + "/socket/websocket?vsn=2.0.0&token=" + token;
        return wire.client()
                .newWebSocketBuilder()
                .connectTimeout(wire.patience())
                .buildAsync(URI.create(address), session)
                .thenApply(open -> session);
    }

    /** Done when the runtime ended the channel or the connection, and not when the session was left. */
    CompletableFuture<Void> lost() {
        return lost;
    }

    CompletableFuture<Map<String, Object>> join() {
        return request("phx_join", Map.of());
    }

    /** Sends an event; the answer is the response of an ok reply. */
    CompletableFuture<Map<String, Object>> request(String event, Map<String, Object> payload) {
        var ref = String.valueOf(lastRef.incrementAndGet());
        var reply = new CompletableFuture<Map<String, Object>>();
        replies.put(ref, reply);
        send(Json.write(Arrays.asList(JOIN_REF, ref, TOPIC, event, payload)));
        return wire.soon(reply).thenApply(answer -> response(event, answer));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> response(String event, Map<String, Object> reply) {
        var response = (Map<String, Object>) reply.get("response");
        if (!"ok".equals(reply.get("status"))) {
            throw new Wire.UnexpectedAnswer(event + ": " + response.getOrDefault("code", response.get("reason")));
        }
        return response;
    }

    /** The WebSocket takes one message at a time. */
    private synchronized void send(String text) {
        sending = sending.handle((sent, problem) -> null).thenCompose(free -> socket.sendText(text, true));
    }

    /**
     * Leaves; nothing that comes afterwards counts.
     *
     * @param politely with a farewell, or as a lost network does
     */
    void leave(boolean politely) {
        synchronized (this) {
            left = true;
        }
        if (!politely) {
            socket.abort();
            return;
        }
        send(Json.write(
                Arrays.asList(JOIN_REF, String.valueOf(lastRef.incrementAndGet()), TOPIC, "phx_leave", Map.of())));
        synchronized (this) {
            sending = sending.handle((sent, problem) -> null)
                    .thenCompose(free -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""))
                    .whenComplete((closed, problem) -> socket.abort());
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private synchronized void received(String text) {
        // Every batch comes once more as a frame; half of the work is saved by not reading it.
        if (left || text.contains(",\"sync:frame\",{")) {
            return;
        }
        var message = list(Json.read(text));
        switch (String.valueOf(message.get(3))) {
            case "phx_reply" -> {
                var waiting = replies.remove(String.valueOf(message.get(1)));
                if (waiting != null) {
                    waiting.complete(payload(message));
                }
            }
            case "sync:update_batch" -> batches.accept(payload(message));
            case "phx_close", "phx_error" -> ended();
            default -> {
                // Heartbeats, and errors that come as a reply too.
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object message) {
        return (List<Object>) message;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> payload(List<Object> message) {
        return (Map<String, Object>) message.get(4);
    }

    private synchronized void ended() {
        if (!left) {
            left = true;
            lost.complete(null);
        }
        for (var reply : new ArrayList<>(replies.values())) {
            reply.completeExceptionally(new Wire.UnexpectedAnswer("sync: ended before a reply"));
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable problem) {
        ended();
    }
}
