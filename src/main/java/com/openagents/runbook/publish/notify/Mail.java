package com.openagents.runbook.publish.notify;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.publish.Courier;
import com.openagents.runbook.publish.NotDelivered;
import com.openagents.runbook.publish.Outgoing;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailConnectException;

/** One mail for all changes of a run, by SMTP. A password goes over no way that is not encrypted. */
final class Mail implements Channel {
    private static final String NOT_SENT = "no mail could be sent: ";

    private final Notify.Mail server;
    private final Optional<Supplier<String>> password;
    private final Optional<SSLSocketFactory> trust;

    Mail(Notify.Mail server, Optional<Supplier<String>> password) {
        this(server, password, Optional.empty());
    }

    /** @param trust makes the encrypted sockets; empty for those of this Java */
    Mail(Notify.Mail server, Optional<Supplier<String>> password, Optional<SSLSocketFactory> trust) {
        this.server = server;
        this.password = password;
        this.trust = trust;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public List<Parcel> parcels(Message message) {
        if (message.changes().isEmpty()) {
            return List.of();
        }
        var subject = MailText.subject(message);
        var text = MailText.of(message);
        var outgoing = new Outgoing(
                name(), Channel.changes(message.changes().size()), () -> send(subject, text, message.at()), false);
        return List.of(new Parcel(outgoing, message.changes()));
    }

    private void send(String subject, String text, Instant at) throws NotDelivered {
        if (server.encryption() == Notify.Mail.Tls.NONE && password.isPresent()) {
            throw new NotDelivered("a password goes over no way that is not encrypted", false);
        }
        var secret = password.map(Supplier::get).orElse(null);
        try {
            var session = Session.getInstance(properties());
            var mail = new MimeMessage(session);
            mail.setFrom(new InternetAddress(server.from()));
            for (var to : server.to()) {
                mail.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(to));
            }
            mail.setSubject(subject, StandardCharsets.UTF_8.name());
            mail.setText(text, StandardCharsets.UTF_8.name());
            mail.setSentDate(Date.from(at));
            // A mail that nobody should answer with a note that they are on holiday.
            mail.setHeader("Auto-Submitted", "auto-generated");
            Transport.send(mail, server.user(), secret);
        } catch (AuthenticationFailedException e) {
            throw new NotDelivered("the server does not accept user and password", false);
        } catch (SendFailedException e) {
            throw new NotDelivered("the server does not take the mail: " + firstLine(e), false);
        } catch (MailConnectException e) {
            throw new NotDelivered(NOT_SENT + firstLine(e), true);
        } catch (MessagingException e) {
            throw NotDelivered.unanswered(NOT_SENT + firstLine(e));
        }
    }

    private Properties properties() {
        var limit = String.valueOf(Courier.PATIENCE.toMillis());
        var properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", String.valueOf(server.reachedAt()));
        properties.put("mail.smtp.connectiontimeout", limit);
        properties.put("mail.smtp.timeout", limit);
        properties.put("mail.smtp.writetimeout", limit);
        properties.put("mail.smtp.auth", String.valueOf(server.user() != null));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        trust.ifPresent(sockets -> properties.put("mail.smtp.ssl.socketFactory", sockets));
        switch (server.encryption()) {
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
            case NONE -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return properties;
    }

    private static String firstLine(MessagingException problem) {
        var root = problem.getNextException() == null ? problem : problem.getNextException();
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
