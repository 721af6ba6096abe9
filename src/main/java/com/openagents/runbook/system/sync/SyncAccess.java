package com.openagents.runbook.system.sync;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where the socket is and how tokens for it are made.
 *
 * @param service the base URL of the Service, {@code http} or {@code https}, without a path
 * @param pods from pod name to base URL, read anew each time because pods come and go; empty if pods cannot be
 *     addressed one by one
 * @param patience how long a handshake or a reply may take
 */
public record SyncAccess(URI service, Supplier<Map<String, URI>> pods, SyncSigning signing, Duration patience) {
    @Override
    public String toString() {
        return "sync socket at " + service;
    }
}
