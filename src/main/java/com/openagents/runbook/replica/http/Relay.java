package com.openagents.runbook.replica.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;

/** Passes connections that come in at one address on to another, which is asked for with each of them. */
public final class Relay implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final int CONNECT_MILLIS = 10_000;

    private final ServerSocket server;
    private final Callable<InetSocketAddress> target;

    private Relay(ServerSocket server, Callable<InetSocketAddress> target) {
        this.server = server;
        this.target = target;
    }

    /**
     * @param address of this machine, on any free port
     * @param target whoever gets the next connection; where there is nobody, it throws, and the connection is closed
     */
    public static Relay at(String address, Callable<InetSocketAddress> target) throws IOException {
        var server = new ServerSocket();
        server.bind(new InetSocketAddress(address, 0), BACKLOG);
        var relay = new Relay(server, target);
        start("relay", relay::accept);
        return relay;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var from = server.accept();
                start("relay out", () -> passOn(from));
            }
        } catch (IOException closed) {
            // By close(): nothing is relayed any more.
        }
    }

    private void passOn(Socket from) {
        try (from) {
            var to = new Socket();
            to.connect(target.call(), CONNECT_MILLIS);
            start("relay in", () -> copy(to, from));
            copy(from, to);
        } catch (Exception nobodyThere) {
            // The connection ends, as it does where nobody listens.
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
