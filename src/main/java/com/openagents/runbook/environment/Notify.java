package com.openagents.runbook.environment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is told what changed from run to run; what is not named is null.
 *
 * @param link under which the folders of the runs are found
 * @param remindEvery after how many runs with a finding it is told again; null if never
 */
public record Notify(
        String link,
        @JsonProperty("remind-every") Integer remindEvery,
        @JsonProperty("quiet-hours") QuietHours quietHours,
        To to) {

    public record To(Hook slack, Hook teams, PagerDuty pagerduty, Receiver alertmanager, Receiver webhook, Mail mail) {}

    /**
     * When nothing is told.
     *
     * @param from the time of day when they begin, such as {@code 22:00}
     * @param to when they end; before {@code from} if that is on the next day
     * @param critical whether critical findings are told all the same; null stands for yes
     */
    public record QuietHours(String from, String to, String zone, Boolean critical) {
        /** Whether they are at this moment. */
        public boolean at(Instant moment) {
            var begin = LocalTime.parse(from);
            var end = LocalTime.parse(to);
            var time = LocalTime.ofInstant(moment, ZoneId.of(zone));
            return begin.isBefore(end)
                    ? !time.isBefore(begin) && time.isBefore(end)
                    : !time.isBefore(begin) || time.isBefore(end);
        }

        public boolean sparesCritical() {
            return critical == null || critical;
        }
    }

    /** @param url a reference to the address, which is a secret by itself */
    public record Hook(String url) {}

    /** @param url where events go; null stands for PagerDuty's own address */
    public record PagerDuty(
            String url, @JsonProperty("routing-key") String routingKey) {}

    /** @param token a reference to its bearer token; null if it needs none */
    public record Receiver(String url, String token) {}

    /**
     * @param port null stands for the standard of the way of encryption
     * @param user null if the server asks for none
     * @param password a reference
     */
    public record Mail(String host, Integer port, Tls tls, String from, List<String> to, String user, String password) {
        /** How the way to the server is encrypted. */
        public enum Tls {
            @JsonProperty("starttls")
            STARTTLS(587),
            @JsonProperty("implicit")
            IMPLICIT(465),
            @JsonProperty("none")
            NONE(25);

            private final int port;

            Tls(int port) {
                this.port = port;
            }
        }

        public Mail {
            to = List.copyOf(to);
        }

        /** Encrypted, unless the file says otherwise. */
        public Tls encryption() {
            return tls == null ? Tls.STARTTLS : tls;
        }

        public int reachedAt() {
            return port == null ? encryption().port : port;
        }
    }

    Stream<String> references() {
        return Stream.of(
                        Optional.ofNullable(to.slack()).map(Hook::url),
                        Optional.ofNullable(to.teams()).map(Hook::url),
                        Optional.ofNullable(to.pagerduty()).map(PagerDuty::routingKey),
                        Optional.ofNullable(to.alertmanager()).map(Receiver::token),
                        Optional.ofNullable(to.webhook()).map(Receiver::token),
                        Optional.ofNullable(to.mail()).map(Mail::password))
                .flatMap(Optional::stream);
    }
}
