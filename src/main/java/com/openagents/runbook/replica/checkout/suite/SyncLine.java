package com.openagents.runbook.replica.checkout.suite;

import com.openagents.runbook.replica.runtime.json.Json;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A sync client that has joined the channel (contract 5). Closing it drops the connection without a word. */
final class SyncLine implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final BlockingQueue<List<Object>> received = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private int lastRef;

    private SyncLine() {}

    /** @throws AssertionError if the service refuses the token */
    static SyncLine join(Service service, String token) throws InterruptedException {
        var line = new SyncLine();
        try {
            line.socket = Service.client()
                    .newWebSocketBuilder()
                    .buildAsync(address(service, token), line)
                    .join();
        } catch (CompletionException refused) {
            throw new AssertionError("the socket was refused", refused);
        }
        line.request("phx_join", Map.of());
        return line;
    }

    static boolean isRefused(Service service, String token) throws InterruptedException {
        try {
            join(service, token).close();
            return false;
        } catch (AssertionError refused) {
            return true;
        }
    }

    private static URI address(Service service, String token) {
        return URI.create(service.url("/socket/websocket?vsn=2.0.0&token=" + token)
                .toString()
                .replace("http:", "ws:"));
    }

    /** The reply, with its status and response. What comes before it stays to be read. */
    Map<String, Object> request(String event, Map<String, Object> payload) throws InterruptedException {
        var ref = String.valueOf(++lastRef);
        socket.sendText(Json.write(List.of("1", ref, "sync:v1", event, payload)), true)
                .join();
        var before = new ArrayList<List<Object>>();
        while (true) {
            var message = next();
            if (ref.equals(message.get(1)) && message.get(3).equals("phx_reply")) {
                received.addAll(before);
                return payload(message);
            }
            before.add(message);
        }
    }

    Map<String, Object> subscribe(String topic, long resumeAfter) throws InterruptedException {
        return request(
                "sync:subscribe", Json.object("topics", List.of(topic), "resume_after", Map.of(topic, resumeAfter)));
    }

    /** The payload of the next push of that name; others are dropped. */
    Map<String, Object> push(String event) throws InterruptedException {
        while (true) {
            var message = next();
            if (event.equals(message.get(3))) {
                return payload(message);
            }
        }
    }

    /** The watermarks of the rows up to the last one. */
    @SuppressWarnings("unchecked")
    List<Long> watermarksTo(long last) throws InterruptedException {
        var watermarks = new ArrayList<Long>();
        while (watermarks.isEmpty() || watermarks.get(watermarks.size() - 1) < last) {
            for (var row : (List<Map<String, Object>>) push("sync:update_batch").get("updates")) {
                watermarks.add((Long) row.get("watermark"));
            }
        }
        return watermarks;
    }

    private List<Object> next() throws InterruptedException {
        var message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the service said nothing for " + PATIENCE_SECONDS + " s");
        }
        return message;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> payload(List<Object> message) {
        return (Map<String, Object>) message.get(4);
    }

    @Override
    @SuppressWarnings("unchecked")
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add((List<Object>) Json.read(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
