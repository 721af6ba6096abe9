package com.openagents.runbook.replica;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Makes what listens on the loopback of this machine known at another address of it, to pods of a real cluster. */
final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final int port;

    private Relay(ServerSocket server, int port) {
        this.server = server;
        this.port = port;
    }

    static Relay at(String address, int port) throws IOException {
        var server = new ServerSocket();
        server.bind(new InetSocketAddress(address, 0), 512);
        var relay = new Relay(server, port);
        start("relay to " + port, relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var from = server.accept();
                var to = new Socket(InetAddress.getLoopbackAddress(), port);
                start("relay out", () -> copy(from, to));
                start("relay in", () -> copy(to, from));
            }
        } catch (IOException closed) {
            // By close(): nothing is relayed any more.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // One side has gone, so the other one goes too.
        }
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
