package com.openagents.runbook.publish.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Courier;
import com.openagents.runbook.publish.Delivery;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.RunVerdict;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT", "STARTTLS"})
    void a_certificate_that_nobody_trusts_is_not_accepted(Notify.Mail.Tls tls) throws Exception {
        int port = start("smtp").getSmtp().getPort();
        server.setUser("runbook", "correct horse");
        try (var front = front(tls, port)) {
            var delivery = tell(front.port(), tls, "runbook");

            assertThat(delivery.delivered()).isFalse();
            assertThat(delivery.problem()).contains("certif").doesNotContain("correct horse");
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private static TlsFront front(Notify.Mail.Tls tls, int port) throws Exception {
        return tls == Notify.Mail.Tls.IMPLICIT ? TlsFront.implicit(port) : TlsFront.startTls(port);
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT", "STARTTLS"})
    void over_an_encrypted_way_goes_a_password(Notify.Mail.Tls tls) throws Exception {
        int port = start("smtp").getSmtp().getPort();
        server.setUser("runbook", "correct horse");

        assertThat(tellSecurely(tls, port)).isEqualTo(new Delivery("mail", "1 change", 1, ""));

        assertThat(server.getReceivedMessages()).hasSize(TO.size());
    }

    @Test
    void a_wrong_password_is_said_once_and_not_repeated() throws Exception {
        int port = start("smtp").getSmtp().getPort();
        server.setUser("runbook", "another one");

        assertThat(tellSecurely(Notify.Mail.Tls.STARTTLS, port))
                .isEqualTo(new Delivery("mail", "1 change", 1, "the server does not accept user and password"));
    }

    /** To a server whose certificate is trusted. */
    private static Delivery tellSecurely(Notify.Mail.Tls tls, int port) throws Exception {
        try (var front = front(tls, port)) {
            var settings = new Notify.Mail(
                    "127.0.0.1", front.port(), tls, "runbook@example.org", TO, "runbook", "env:PASSWORD");
            var finding = PlayedRun.on(24).fails("A pod").run().scenarios().get(0);
            var notice = Notice.of(Notice.Kind.NEW, finding, NOON, text -> text);
            var message = new Message("staging", "", "1", RunVerdict.FAILED, NOON, "", List.of(notice), List.of());
            var mail = new Mail(settings, Optional.of(() -> "correct horse"), Optional.of(TlsFront.trusting()));
            return new Courier(new Redactor())
                    .deliver(List.of(mail.parcels(message).get(0).outgoing()))
                    .get(0);
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
}
