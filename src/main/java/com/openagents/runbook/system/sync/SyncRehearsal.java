package com.openagents.runbook.system.sync;

import com.openagents.runbook.system.Sequence;
import com.openagents.runbook.system.sync.SyncMessage.Batch;
import com.openagents.runbook.system.sync.SyncMessage.Heartbeat;
import java.time.Duration;
import java.util.OptionalLong;

/** Plays what clients do when connections are lost and cursors grow old (contract 5.3, 5.4). It reads only. */
public final class SyncRehearsal {
    private final SyncSystem sync;
    private final Duration patience;

    /** @param patience how long a replay may take */
    public SyncRehearsal(SyncSystem sync, Duration patience) {
        this.sync = sync;
        this.patience = patience;
    }

    /** Joins, says nothing, and waits for the server's first heartbeat. */
    public FirstHeartbeat firstHeartbeat(Duration limit) {
        try (var socket = open("runtime.codex_worker_events")) {
            var heartbeat = socket.await("the first heartbeat of the server", Heartbeat.class, limit, beat -> true);
            return new FirstHeartbeat(heartbeat, socket.command());
        }
    }

    /** Resumes after a cursor that is too old, and then from the head, as after a new snapshot. */
    public StaleAnswer resumeTooOld(String pod, String topic, long cursor, long head) {
        try (var socket = open(topic)) {
            var refused = socket.subscribe(Subscription.to(topic).after(topic, cursor));
            var again = socket.subscribe(Subscription.to(topic).after(topic, head));
            return new StaleAnswer(pod, topic, cursor, refused, again, socket.command());
        }
    }

    /**
     * Takes what the topic holds after a cursor, loses the connection, and takes it again from the middle.
     *
     * @param head what must come at least
     */
    public Resumption dropAndResume(String pod, String topic, long cursor, long head) {
        long middle = cursor + (head - cursor) / 2;
        try (var first = open(topic)) {
            first.subscribe(Subscription.to(topic).after(topic, cursor));
            await(first, topic, head);
            var before = first.watermarks(topic);
            first.drop();
            try (var second = open(topic)) {
                second.subscribe(Subscription.to(topic).after(topic, middle));
                await(second, topic, head);
                return new Resumption(
                        pod,
                        topic,
                        new Sequence(OptionalLong.of(cursor), before.numbers()),
                        new Sequence(
                                OptionalLong.of(middle),
                                second.watermarks(topic).numbers()),
                        head,
                        second.command());
            }
        }
    }

    private void await(SyncSocket socket, String topic, long head) {
        socket.await(
                "watermark " + head + " of " + topic,
                Batch.class,
                patience,
                batch -> batch.updates().stream().anyMatch(update -> update.watermark() >= head));
    }

    private SyncSocket open(String topic) {
        var socket = sync.connect(sync.token().scopes(topic).build()).orCouldNotCheck();
        socket.join();
        return socket;
    }
}
