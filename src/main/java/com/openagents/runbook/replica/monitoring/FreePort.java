package com.openagents.runbook.replica.monitoring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Neither program tells which port it took when it may choose, so one is found for it. */
final class FreePort {
    private FreePort() {}

    static int find() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
