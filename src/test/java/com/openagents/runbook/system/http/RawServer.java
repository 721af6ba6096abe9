package com.openagents.runbook.system.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that misbehaves on every connection in one way. */
public final class RawServer implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;
    private static final long BETWEEN_BYTES_MILLIS = 20;

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RawServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var accepting = new Thread(this::accept, "raw-server");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Takes connections and says nothing. */
    public static RawServer silent() {
        return new RawServer((socket, closed) -> closed.await());
    }

    /** Begins an answer and goes on with one letter at a time, without an end. */
    public static RawServer dripping() {
        return new RawServer((socket, closed) -> {
            var out = socket.getOutputStream();
            out.write(bytes("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n"));
            do {
                out.write('x');
                out.flush();
            } while (!closed.await(BETWEEN_BYTES_MILLIS, TimeUnit.MILLISECONDS));
        });
    }

    /** Sends this text once a request came, and closes the connection. */
    public static RawServer answering(String text) {
        return new RawServer((socket, closed) -> {
            var in = socket.getInputStream();
            // What lies unread at the close would turn it into a reset.
            while (in.read() >= 0 && in.available() > 0) {}
            socket.getOutputStream().write(bytes(text));
            socket.shutdownOutput();
            while (in.read() >= 0) {}
        });
    }

    /** Sends the head of an answer once a request came, and the body a while later. */
    public static RawServer slowlyAnswering(String head, String body) {
        return new RawServer((socket, closed) -> {
            var in = socket.getInputStream();
            while (in.read() >= 0 && in.available() > 0) {}
            socket.getOutputStream().write(bytes(head));
            socket.getOutputStream().flush();
            closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            socket.getOutputStream().write(bytes(body));
            while (in.read() >= 0) {}
        });
    }

    /** An address at which nobody listens. */
    public static URI nobody() {
        var server = silent();
        server.close();
        return server.uri();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                open.add(socket);
                var serving = new Thread(() -> serve(socket), "raw-connection");
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException serverClosed) {
            // The end of the test.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            behaviour.serve(socket, closed);
        } catch (IOException clientLeft) {
            // As impatient clients do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Behaviour {
        void serve(Socket socket, CountDownLatch closed) throws IOException, InterruptedException;
    }
}
