package com.openagents.runbook.system.sync;

import com.openagents.runbook.evidence.CouldNotCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the runtime answered the wish for a socket.
 *
 * @param status 101 for an open socket; 403 whatever the reason of a refusal is (contract 5.1)
 * @param socket the open socket, to be closed by whoever asked for it
 * @param command the command that asks the same by hand
 */
public record Handshake(int status, Duration took, Instant at, Optional<SyncSocket> socket, String command) {
    public boolean connected() {
        return socket.isPresent();
    }

    public String words() {
        return connected() ? "connected" : "refused with " + status;
    }

    /** @throws CouldNotCheck if there is none, for checks to which the socket is only the way */
    public SyncSocket orCouldNotCheck() {
        return socket.orElseThrow(() -> new CouldNotCheck("the sync socket refused the token with " + status
                + ", so nothing could be asked over it. Ask for it by hand:\n" + command));
    }
}
