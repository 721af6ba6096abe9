package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.http.SocketEndpoint.SocketLine;
import com.openagents.runbook.replica.runtime.http.SocketEndpoint.SocketSession;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.khala.Subscription.Refused;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** One open sync socket: the Phoenix protocol around at most one channel (contract 5.1). */
final class Session implements SocketSession {
    private static final int INTERNAL_ERROR = 1011;

    private final SocketLine line;
    private final Message.Format format;
    private final List<String> allowedTopics;
    private final SocketParts parts;
    private final SerialTasks tasks;
    private final Consumer<String> live = this::live;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private Joined joined;

    Session(SocketLine line, Message.Format format, List<String> allowedTopics, SocketParts parts) {
        this.line = line;
        this.format = format;
        this.allowedTopics = allowedTopics;
        this.parts = parts;
        this.tasks = new SerialTasks(parts.threads());
    }

    @Override
    public void received(String text) {
        tasks.submit(() -> {
            try {
                handle(format.read(text));
            } catch (IOException noMessage) {
                parts.log().error("GenServer #PID<" + hashCode() + "> terminating: " + noMessage.getMessage());
                end("error");
                line.close(INTERNAL_ERROR);
            }
        });
    }

    @Override
    public void closed() {
        tasks.submit(() -> end("normal"));
    }

    private void handle(Message message) {
        if ("phoenix".equals(message.topic()) && "heartbeat".equals(message.event())) {
            send(Message.reply(null, message.ref(), "phoenix", true, Map.of()));
        } else if (!Channel.TOPIC.equals(message.topic()) || joined == null && !"phx_join".equals(message.event())) {
            var reason = Json.object("reason", "unmatched topic");
            send(Message.reply(null, message.ref(), message.topic(), false, reason));
        } else if ("phx_join".equals(message.event())) {
            join(message);
        } else if ("phx_leave".equals(message.event())) {
            send(Message.reply(joined.ref, message.ref(), Channel.TOPIC, true, Map.of()));
            leave("phx_close", "normal");
        } else {
            dispatch(message);
        }
    }

    private void join(Message message) {
        long startedAt = System.nanoTime();
        if (joined != null) {
            leave("phx_close", "normal");
        }
        var ref = message.joinRef() == null ? message.ref() : message.joinRef();
        var channel = parts.channel(
                allowedTopics, (event, payload) -> send(Message.push(ref, Channel.TOPIC, event, payload)));
        joined = new Joined(ref, channel, parts.every(() -> tasks.submit(this::tick)));
        parts.hub().add(live);
        parts.connected();
        parts.joined(startedAt);
        send(Message.reply(ref, message.ref(), Channel.TOPIC, true, channel.joined()));
    }

    private void dispatch(Message message) {
        long startedAt = System.nanoTime();
        try {
            var response = joined.channel.handle(message.event(), message.payload());
            parts.handled(message.event(), startedAt);
            send(Message.reply(joined.ref, message.ref(), Channel.TOPIC, true, response));
        } catch (Refused refused) {
            send(Message.reply(joined.ref, message.ref(), Channel.TOPIC, false, refused.payload()));
        } catch (SQLException | RuntimeException crash) {
            crash(crash);
        }
    }

    /** One look finds all that is new, so a topic waits for it only once. */
    private void live(String topic) {
        if (waiting.add(topic)) {
            tasks.submit(() -> look(topic));
        }
    }

    private void look(String topic) {
        waiting.remove(topic);
        if (joined == null) {
            return;
        }
        try {
            joined.channel.live(topic);
        } catch (SQLException | RuntimeException crash) {
            crash(crash);
        }
    }

    private void tick() {
        if (joined != null && !joined.channel.tick()) {
            leave("phx_close", parts.timeoutStatus());
        }
    }

    private void crash(Exception cause) {
        parts.log().error("GenServer #PID<" + hashCode() + "> terminating: " + cause.getMessage());
        leave("phx_error", "error");
    }

    /** Ends the channel and tells the client; the socket stays open. */
    private void leave(String event, String status) {
        send(new Message(joined.ref, joined.ref, Channel.TOPIC, event, Map.of()));
        end(status);
    }

    private void end(String status) {
        if (joined != null) {
            joined.ticks.cancel(false);
            joined = null;
            parts.hub().remove(live);
            parts.disconnected(status);
        }
    }

    private void send(Message message) {
        line.send(format.write(message));
    }

    private record Joined(String ref, Channel channel, Future<?> ticks) {}
}
