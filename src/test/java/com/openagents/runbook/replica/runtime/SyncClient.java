package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the sync socket that speaks version 2.0.0; a message of version 1 comes as a list of one object. */
public final class SyncClient implements AutoCloseable, WebSocket.Listener {
    private static final long PATIENCE_SECONDS = 10;
    private static final int NO_CLOSE_FRAME = 1006;

    private final BlockingQueue<List<Object>> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private int nextRef = 1;

    private SyncClient() {}

    public static SyncClient connect(Pod pod, String token) {
        return open(pod, "?vsn=2.0.0&token=" + token);
    }

    public static SyncClient open(Pod pod, String query) {
        var client = new SyncClient();
        var url = URI.create(pod.url("/socket/websocket" + query).replace("http:", "ws:"));
        client.socket =
                TestPod.http().newWebSocketBuilder().buildAsync(url, client).join();
        return client;
    }

    public Map<String, Object> join() throws InterruptedException {
        return request("phx_join", Map.of());
    }

    /** Sends an event and returns the payload of its reply; what comes before the reply stays to be read. */
    public Map<String, Object> request(String event, Object payload) throws InterruptedException {
        var ref = send("sync:v1", event, payload);
        var pushed = new ArrayList<List<Object>>();
        while (true) {
            var message = next();
            if (ref.equals(message.get(1)) && message.get(3).equals("phx_reply")) {
                received.addAll(pushed);
                return payload(message);
            }
            pushed.add(message);
        }
    }

    public String send(String topic, String event, Object payload) {
        var ref = String.valueOf(nextRef++);
        sendText(Json.write(List.of("1", ref, topic, event, payload)));
        return ref;
    }

    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** The next message, whatever it is. */
    public List<Object> next() throws InterruptedException {
        var message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + PATIENCE_SECONDS + " s");
        }
        return message;
    }

    /** The payload of the next message with that event; others are dropped. */
    public Map<String, Object> next(String event) throws InterruptedException {
        while (true) {
            var message = next();
            if (event.equals(message.get(3))) {
                return payload(message);
            }
        }
    }

    /** The watermarks of the rows that come, until the given one. */
    @SuppressWarnings("unchecked")
    public List<Long> watermarksUntil(long last) throws InterruptedException {
        var watermarks = new ArrayList<Long>();
        while (watermarks.isEmpty() || watermarks.get(watermarks.size() - 1) < last) {
            var batch = next("sync:update_batch");
            for (var update : (List<Map<String, Object>>) batch.get("updates")) {
                watermarks.add((Long) update.get("watermark"));
            }
        }
        return watermarks;
    }

    /** The next message if one comes within that time. */
    public Optional<List<Object>> poll(long millis) throws InterruptedException {
        return Optional.ofNullable(received.poll(millis, TimeUnit.MILLISECONDS));
    }

    /** Sends unless the connection is gone, which {@link #isClosed} tells. */
    public void trySend(String event, Object payload) {
        try {
            send("sync:v1", event, payload);
        } catch (CompletionException connectionLost) {
            closed.complete(NO_CLOSE_FRAME);
        }
    }

    /** Leaves the channel and closes the socket as a client does that goes away. */
    public void leave() {
        trySend("phx_leave", Map.of());
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    public boolean hasNothing() {
        return received.isEmpty();
    }

    /** The code of the close frame. */
    public int closeCode() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> payload(List<Object> message) {
        return (Map<String, Object>) message.get(4);
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> response(Map<String, Object> reply) {
        return (Map<String, Object>) reply.get("response");
    }

    @Override
    @SuppressWarnings("unchecked")
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            var message = Json.read(partial.toString());
            received.add(message instanceof List<?> ? (List<Object>) message : List.of(message));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
