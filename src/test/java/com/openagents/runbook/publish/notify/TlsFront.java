package com.openagents.runbook.publish.notify;

import com.openagents.runbook.replica.http.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Speaks TLS in front of a mail server that does not, with a certificate that nobody signed; for one client after the other. */
final class TlsFront implements AutoCloseable {
    private final ServerSocket socket;
    private final SSLContext identity;
    private final boolean begunInPlain;
    private final int server;

    private TlsFront(boolean begunInPlain, int server) throws IOException, GeneralSecurityException {
        this.begunInPlain = begunInPlain;
        this.server = server;
        identity = SelfSigned.context();
        socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var front = new Thread(this::serve, "mail front");
        front.setDaemon(true);
        front.start();
    }

    /** The first byte is encrypted already. */
    static TlsFront implicit(int server) throws IOException, GeneralSecurityException {
        return new TlsFront(false, server);
    }

    /** What comes before STARTTLS is not. */
    static TlsFront startTls(int server) throws IOException, GeneralSecurityException {
        return new TlsFront(true, server);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept();
                    var plain = new Socket(InetAddress.getLoopbackAddress(), server)) {
                if (begunInPlain) {
                    begin(client, plain);
                }
                var secret = (SSLSocket) identity.getSocketFactory().createSocket(client, null, true);
                secret.setUseClientMode(false);
                secret.startHandshake();
                both(secret, plain);
            } catch (IOException e) {
                // The client has hung up.
            }
        }
    }

    /** As RFC 3207 has it; the client begins anew after that, and its first greeting is not what the server answers. */
    private static void begin(Socket client, Socket plain) throws IOException {
        say(client, line(plain.getInputStream()));
        line(client.getInputStream());
        say(client, "250-mail.example.org");
        say(client, "250 STARTTLS");
        if (!line(client.getInputStream()).equals("STARTTLS")) {
            throw new IOException("the client did not ask for TLS");
        }
        say(client, "220 ready");
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Byte by byte, so that nothing that follows is read already. */
    private static String line(InputStream from) throws IOException {
        var line = new StringBuilder();
        for (int next = from.read(); next != '\n' && next != -1; next = from.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void both(Socket one, Socket other) {
        var answers = new Thread(() -> carry(other, one));
        answers.start();
        carry(one, other);
        try {
            answers.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException e) {
            // One of them has hung up.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What accepts the certificate of any front. */
    static SSLSocketFactory trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        return context.getSocketFactory();
    }

    /** The certificate is one of a front. */
    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Nobody asks.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // It is trusted.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Nobody asks.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // It is trusted.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Nobody asks.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // It is trusted.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
