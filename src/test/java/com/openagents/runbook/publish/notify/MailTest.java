package com.openagents.runbook.publish.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Courier;
import com.openagents.runbook.publish.Delivery;
import com.openagents.runbook.replica.http.SelfSigned;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.RunVerdict;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail by a real server. */
class MailTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final List<String> TO = List.of("on-call@example.org", "lead@example.org");

    private GreenMail server;

    @TempDir
    private Path folder;

    private GreenMail start(String protocol) {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
        server.start();
        return server;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    private Delivery tell(int port, Notify.Mail.Tls tls, String user) throws IOException {
        var mail = new Notify.Mail(
                "127.0.0.1", port, tls, "runbook@example.org", TO, user, user == null ? null : "env:PASSWORD");
        var notify = new Notify(null, null, null, new Notify.To(null, null, null, null, null, mail));
        var runs = new ToldRuns(folder, new Redactor(), reference -> "correct horse");
        return runs.tell(PlayedRun.on(24).fails("Ein Gerät"), notify, NOON)
                .deliveries()
                .get(0);
    }

    @Test
    void everybody_gets_one_mail_with_the_finding() throws Exception {
        int port = start("smtp").getSmtp().getPort();

        assertThat(tell(port, Notify.Mail.Tls.NONE, null)).isEqualTo(new Delivery("mail", "1 change", 1, ""));

        assertThat(server.getReceivedMessages()).hasSize(TO.size());
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[runbook] staging: 1 new");
        assertThat(mail.getFrom()[0]).hasToString("runbook@example.org");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).isEqualTo(TO);
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getContent().toString())
                .contains(
                        "New, high: 1 Ein Gerät",
                        "Ein Gerät is well: Ein Gerät is not well (since 2026-11-24T06:00:00Z)",
                        "Next (runbook 3.2): look at it",
                        "See it: kubectl describe pod runtime-0");
    }

    @Test
    void a_server_that_offers_no_encryption_gets_no_mail_where_it_is_asked_for() throws IOException {
        int port = start("smtp").getSmtp().getPort();
        server.setUser("runbook", "correct horse");

        var delivery = tell(port, Notify.Mail.Tls.STARTTLS, "runbook");

        assertThat(delivery.problem()).contains("STARTTLS is required").doesNotContain("correct horse");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_certificate_that_nobody_trusts_is_not_accepted() throws Exception {
        var address = InetAddress.getLoopbackAddress();
        try (var socket = SelfSigned.context().getServerSocketFactory().createServerSocket(0, 1, address)) {
            var greeting = new Thread(() -> greet(socket));
            greeting.start();

            var delivery = tell(socket.getLocalPort(), Notify.Mail.Tls.IMPLICIT, "runbook");

            assertThat(delivery.delivered()).isFalse();
            assertThat(delivery.problem()).contains("certif").doesNotContain("correct horse");
        }
    }

    /** As far as it is listened to. */
    private static void greet(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                client.getOutputStream().write("220 mail.example.org\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                continue;
            }
        }
    }

    @Test
    void over_an_encrypted_way_goes_a_password() throws Exception {
        int port = start("smtp").getSmtp().getPort();
        server.setUser("runbook", "correct horse");

        assertThat(tellSecurely(port)).isEqualTo(new Delivery("mail", "1 change", 1, ""));

        assertThat(server.getReceivedMessages()).hasSize(TO.size());
    }

    @Test
    void a_wrong_password_is_said_once_and_not_repeated() throws Exception {
        int port = start("smtp").getSmtp().getPort();
        server.setUser("runbook", "another one");

        assertThat(tellSecurely(port))
                .isEqualTo(new Delivery("mail", "1 change", 1, "the server does not accept user and password"));
    }

    /** To a server that speaks TLS before this one, and that is trusted. */
    private static Delivery tellSecurely(int port) throws Exception {
        var address = InetAddress.getLoopbackAddress();
        try (var socket = SelfSigned.context().getServerSocketFactory().createServerSocket(0, 1, address)) {
            new Thread(() -> decrypt(socket, port)).start();
            var settings = new Notify.Mail(
                    "127.0.0.1",
                    socket.getLocalPort(),
                    Notify.Mail.Tls.IMPLICIT,
                    "runbook@example.org",
                    TO,
                    "runbook",
                    "env:PASSWORD");
            var finding = PlayedRun.on(24).fails("A pod").run().scenarios().get(0);
            var notice = Notice.of(Notice.Kind.NEW, finding, NOON, text -> text);
            var message = new Message("staging", "", "1", RunVerdict.FAILED, NOON, "", List.of(notice), List.of());
            var mail = new Mail(settings, Optional.of(() -> "correct horse"), Optional.of(trusting()));
            return new Courier(new Redactor())
                    .deliver(List.of(mail.parcels(message).get(0).outgoing()))
                    .get(0);
        }
    }

    private static SSLSocketFactory trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        return context.getSocketFactory();
    }

    private static void decrypt(ServerSocket socket, int port) {
        try (var client = socket.accept();
                var plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var answers = new Thread(() -> carry(plain, client));
            answers.start();
            carry(client, plain);
            answers.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    @Test
    void a_password_goes_over_no_way_that_is_not_encrypted() throws IOException {
        int port = start("smtp").getSmtp().getPort();
        server.setUser("runbook", "correct horse");

        var delivery = tell(port, Notify.Mail.Tls.NONE, "runbook");

        assertThat(delivery.problem()).isEqualTo("a password goes over no way that is not encrypted");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_server_that_is_away_is_tried_twice() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        var delivery = tell(port, Notify.Mail.Tls.NONE, null);

        assertThat(delivery.attempts()).isEqualTo(2);
        assertThat(delivery.problem()).startsWith("no mail could be sent: ").contains("refused");
    }

    /** The certificate is one of this test. */
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
