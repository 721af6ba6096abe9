package com.openagents.runbook.system.sync;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Awaited;
import com.openagents.runbook.system.Sequence;
import com.openagents.runbook.system.sync.SyncMessage.Batch;
import com.openagents.runbook.system.sync.SyncMessage.Reply;
import com.openagents.runbook.system.sync.SyncMessage.SocketClosed;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * An open sync socket. What comes is kept with the moment at which it came. Replies are asked for and waited for; a
 * reply that does not come is {@link CouldNotCheck}. Used by one thread.
 */
public final class SyncSocket implements AutoCloseable {
    private final WebSocket socket;
    private final SyncListener listener;
    private final SyncCommand command;
    private final Duration patience;
    private final EvidenceLog evidence;
    private final String heldAgainst;
    private final List<String> sent = new ArrayList<>();
    private String joinRef;
    private int lastRef;

    SyncSocket(
            WebSocket socket,
            SyncListener listener,
            SyncCommand command,
            Duration patience,
            EvidenceLog evidence,
            String heldAgainst) {
        this.socket = socket;
        this.listener = listener;
        this.command = command;
        this.patience = patience;
        this.evidence = evidence;
        this.heldAgainst = heldAgainst;
    }

    public Reply join() {
        return join(SyncProtocol.TOPIC);
    }

    /** Joins a channel of any name; only {@code sync:v1} exists. */
    public Reply join(String topic) {
        joinRef = String.valueOf(lastRef + 1);
        return push(topic, "phx_join", Map.of());
    }

    public Reply subscribe(Subscription subscription) {
        return push("sync:subscribe", subscription.payload());
    }

    public Reply unsubscribe(String... topics) {
        return push("sync:unsubscribe", Map.of("topics", List.of(topics)));
    }

    /** The heartbeat that keeps the channel (contract 5.4). */
    public Reply heartbeat() {
        return push("sync:heartbeat", Map.of());
    }

    /** The heartbeat that keeps the connection only. */
    public Reply transportHeartbeat() {
        return reply(null, "phoenix", "heartbeat", Map.of());
    }

    public Reply leave() {
        return push("phx_leave", Map.of());
    }

    /** Pushes any event to the channel and waits for the reply. */
    public Reply push(String event, Object payload) {
        return push(SyncProtocol.TOPIC, event, payload);
    }

    private Reply push(String topic, String event, Object payload) {
        return reply(joinRef, topic, event, payload);
    }

    /** Pushes any event to the channel and waits for nothing; one that does not exist crashes the channel. */
    public void pushOnly(String event, Object payload) {
        sendText(SyncProtocol.write(joinRef, nextRef(), SyncProtocol.TOPIC, event, payload));
    }

    /** Sends a text as it is, to see what the runtime makes of a bad one. */
    public void sendText(String text) {
        sent.add(text);
        try {
            socket.sendText(text, true).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CouldNotCheck("the sync socket takes no more messages: " + state());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNotCheck("interrupted while writing to the sync socket");
        }
    }

    private Reply reply(String joined, String topic, String event, Object payload) {
        var ref = nextRef();
        listener.pushing(ref);
        sendText(SyncProtocol.write(joined, ref, topic, event, payload));
        var answer = listener.messages()
                .await(
                        "the reply to " + event,
                        0,
                        patience,
                        message -> message instanceof Reply reply && reply.ref().equals(ref));
        var reply = (Reply) answer.value()
                .orElseThrow(() -> new CouldNotCheck("the sync socket at " + command.base() + " did not reply to "
                        + event + " within " + patience.toMillis() + " ms: " + state() + ". Send it by hand:\n"
                        + command.messages(sent)));
        saw("Reply to " + event, row(reply.status(), reply.response(), reply.took()));
        return reply;
    }

    private String nextRef() {
        lastRef++;
        return String.valueOf(lastRef);
    }

    /**
     * The first message of a kind that fits, among all that came or come within the limit; put down as evidence.
     *
     * @param what the condition in words, for example {@code an update of runtime.run_summaries}
     */
    public <M extends SyncMessage> Awaited<M> await(String what, Class<M> kind, Duration limit, Predicate<M> fits) {
        var found = listener.messages()
                .await(what, 0, limit, message -> kind.isInstance(message) && fits.test(kind.cast(message)));
        var answer = new Awaited<>(
                found.what(), found.limit(), found.took(), found.value().map(kind::cast));
        saw(
                "Wait for " + what,
                row(
                        answer.came() ? "came" : "did not come within " + limit.toMillis() + " ms",
                        found.value().map(SyncMessage::words).orElse(state()),
                        answer.took()));
        return answer;
    }

    /** Everything that came, in order. */
    public List<SyncMessage> received() {
        return listener.messages().all();
    }

    /** Everything of a kind that came, in order, for example {@code received(Batch.class)}. */
    public <M extends SyncMessage> List<M> received(Class<M> kind) {
        return received().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The watermarks of a topic's updates as they came. */
    public Sequence watermarks(String topic) {
        var numbers = received(Batch.class).stream()
                .flatMap(batch -> batch.updates().stream())
                .filter(update -> update.topic().equals(topic))
                .map(SyncMessage.Update::watermark)
                .toList();
        return new Sequence(OptionalLong.empty(), numbers);
    }

    /** The highest watermark of each topic that came, to resume after. */
    public Map<String, Long> highestWatermarks() {
        var highest = new LinkedHashMap<String, Long>();
        received(Batch.class).stream()
                .flatMap(batch -> batch.updates().stream())
                .forEach(update -> highest.merge(update.topic(), update.watermark(), Math::max));
        return highest;
    }

    /** How the socket ended, empty while it is open. */
    public Optional<SocketClosed> closed() {
        return received(SocketClosed.class).stream().findFirst();
    }

    /** Says the same by hand. */
    public String command() {
        return command.messages(sent);
    }

    private String state() {
        return closed().map(SocketClosed::words).orElse("the socket is open");
    }

    /** Cuts the connection without a close frame, as a lost network does. */
    public void drop() {
        socket.abort();
        listener.end(SocketClosed.WITHOUT_CLOSE_FRAME, "dropped by us");
    }

    /** Closes politely; a server that does not answer is not waited for. */
    @Override
    public void close() {
        if (closed().isEmpty()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .exceptionally(already -> socket)
                    .completeOnTimeout(socket, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .thenAccept(WebSocket::abort)
                    .join();
            listener.end(WebSocket.NORMAL_CLOSURE, "closed by us");
        }
    }

    private static Map<String, String> row(String outcome, String content, Duration took) {
        var row = new LinkedHashMap<String, String>();
        row.put("outcome", outcome);
        row.put("content", content);
        row.put("took", took.toMillis() + " ms");
        return row;
    }

    private void saw(String title, Map<String, String> row) {
        evidence.saw(new Evidence(
                title,
                "sync",
                command.messages(sent),
                List.of(row),
                heldAgainst,
                Instant.now(),
                Map.of("server", command.base().toString(), "state", state())));
    }

    @Override
    public String toString() {
        return "sync socket at " + command.base() + ", " + state();
    }
}
