package com.openagents.runbook.system.sync;

import com.openagents.runbook.system.http.Arrivals;
import com.openagents.runbook.system.sync.SyncMessage.SocketClosed;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Takes in what comes over the socket. Called by the client's threads, one after the other. */
final class SyncListener implements WebSocket.Listener {
    private final Arrivals<SyncMessage> messages = new Arrivals<>();
    private final Map<String, Instant> pushedAt = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();

    Arrivals<SyncMessage> messages() {
        return messages;
    }

    /** A push with this ref goes out now. */
    void pushing(String ref) {
        pushedAt.put(ref, Instant.now());
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence piece, boolean last) {
        text.append(piece);
        if (last) {
            var at = Instant.now();
            messages.add(SyncProtocol.read(
                    text.toString(), at, ref -> Duration.between(pushedAt.getOrDefault(ref, at), at)));
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        end(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable problem) {
        end(SocketClosed.WITHOUT_CLOSE_FRAME, "");
    }

    void end(int code, String reason) {
        messages.add(new SocketClosed(Instant.now(), code, reason));
        messages.end();
    }
}
