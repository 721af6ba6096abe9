package com.openagents.runbook.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * The Service of the runtime at a port of this machine, for machines outside the network of the cluster: each connection goes
 * to one of the ready pods in turn, as the Service would send it.
 */
final class ServiceForward implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final ServerSocket server;
    private final Supplier<List<URI>> ready;
    private int turn;

    private ServiceForward(ServerSocket server, Supplier<List<URI>> ready) {
        this.server = server;
        this.ready = ready;
    }

    /** @param ready where this machine reaches the ready pods */
    static ServiceForward to(Supplier<List<URI>> ready) {
        try {
            var forward = new ServiceForward(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), ready);
            start("service forward", forward::accept);
            return forward;
        } catch (IOException e) {
            throw new UncheckedIOException("no port of this machine can be had for the Service of the runtime", e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                var from = server.accept();
                start("service forward connection", () -> connect(from));
            }
        } catch (IOException closed) {
            // By close(): nothing is forwarded any more.
        }
    }

    private void connect(Socket from) {
        try {
            var pod = next();
            var to = new Socket(pod.getHost(), pod.getPort());
            start("service forward answer", () -> copy(to, from));
            copy(from, to);
        } catch (IOException | RuntimeException nobodyThere) {
            close(from);
        }
    }

    private synchronized URI next() throws IOException {
        var pods = ready.get();
        if (pods.isEmpty()) {
            throw new IOException("no pod is ready");
        }
        return pods.get(Math.floorMod(turn++, pods.size()));
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // One side has gone, so the other one goes too.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is not used any further either way.
        }
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException closed) {
            // It is not used any further either way.
        }
    }
}
