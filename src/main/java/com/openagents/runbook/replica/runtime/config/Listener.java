package com.openagents.runbook.replica.runtime.config;

import java.util.Optional;

/**
 * The HTTP listener.
 *
 * @param enabled whether PHX_SERVER is set; without it the process runs but does not listen
 * @param bindAddress the pod's address, since all pods of the replica share one machine; empty means any
 * @param publicHost the host that the Origin of a WebSocket upgrade is compared with
 * @param nodeName the name that lease owners carry
 * @param drainMillis how long open streams may go on after SIGTERM
 * @param socketIdleMillis how long a WebSocket may be silent before it is closed
 */
public record Listener(
        boolean enabled,
        Optional<String> bindAddress,
        int port,
        String publicHost,
        String nodeName,
        long drainMillis,
        long socketIdleMillis) {}
