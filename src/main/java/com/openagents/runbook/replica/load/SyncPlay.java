package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * One sync client on one topic. It takes every update once and in order, and after a drop goes on from the last one that it
 * took. Its token is minted anew for every connection, as tokens live shorter than clients.
 */
final class SyncPlay implements AutoCloseable {
    private final RuntimeClient client;
    private final Tally tally;
    private final String topic;
    private final BiConsumer<Long, Long> taken;
    private final AtomicLong last;
    private volatile WebSocket socket;
    private volatile Connection connection;
    private int nextRef = 1;

    /**
     * @param from the watermark after which it listens
     * @param taken told of each update: its watermark and when it was taken, in nanoseconds
     */
    SyncPlay(RuntimeClient client, Tally tally, String topic, long from, BiConsumer<Long, Long> taken) {
        this.client = client;
        this.tally = tally;
        this.topic = topic;
        this.last = new AtomicLong(from);
        this.taken = taken;
    }

    void connect() throws IOException, InterruptedException {
        var token = client.syncToken(List.of(topic));
        var base = client.pod().toString().replaceFirst("^http", "ws");
        var url = URI.create(base + "/socket/websocket?vsn=2.0.0&token=" + token);
        connection = new Connection();
        try {
            socket = client.http()
                    .newWebSocketBuilder()
                    .buildAsync(url, connection)
                    .join();
        } catch (CompletionException refused) {
            throw new IOException(
                    "a sync socket was not opened: " + refused.getCause().getMessage(), refused);
        }
        send("phx_join", Map.of());
        send("sync:subscribe", Json.object("topics", List.of(topic), "resume_after", Json.object(topic, last.get())));
    }

    /** The heartbeat that keeps the channel (contract 5.4). */
    void heartbeat() {
        send("sync:heartbeat", Map.of());
    }

    /** Loses the connection without a word, as a network does, and comes back. */
    void dropAndResume() throws IOException, InterruptedException {
        connection.abandoned = true;
        socket.abort();
        connect();
        tally.reconnects.incrementAndGet();
    }

    boolean isOpen() {
        return socket != null && !socket.isInputClosed() && !socket.isOutputClosed() && !connection.ended;
    }

    /** The watermark of the newest update that it took. */
    long last() {
        return last.get();
    }

    private void send(String event, Map<String, Object> payload) {
        var ref = String.valueOf(nextRef++);
        try {
            socket.sendText(Json.write(List.of("1", ref, "sync:v1", event, payload)), true)
                    .join();
        } catch (CompletionException lost) {
            connection.ended = true;
        }
    }

    private void take(List<?> updates) {
        for (var update : updates) {
            long watermark = (Long) ((Map<?, ?>) update).get("watermark");
            if (watermark != last.get() + 1) {
                tally.lost("a sync client took " + watermark + " after " + last.get());
            }
            last.set(watermark);
            tally.updates.incrementAndGet();
            taken.accept(watermark, System.nanoTime());
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            connection.abandoned = true;
            send("phx_leave", Map.of());
            socket.abort();
        }
    }

    private final class Connection implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();
        private volatile boolean abandoned;
        private volatile boolean ended;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
            partial.append(data);
            if (end) {
                var message = (List<?>) Json.read(partial.toString());
                partial.setLength(0);
                if (!abandoned) {
                    read(message);
                }
            }
            from.request(1);
            return null;
        }

        private void read(List<?> message) {
            if (message.get(3).equals("sync:update_batch")) {
                take((List<?>) ((Map<?, ?>) message.get(4)).get("updates"));
            } else if (message.get(3).equals("sync:error")) {
                tally.error("a sync client was told: " + message.get(4));
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended = true;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended = true;
        }
    }
}
