package com.openagents.runbook.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real servers in every kind of bad weather. */
class CourierTest {
    private static final String SECRET = "xoxb-very-secret";

    private final Redactor redactor = new Redactor();
    private final Courier courier = new Courier(redactor, Duration.ofMillis(500));
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        redactor.hide(SECRET);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private Delivery deliver(String url) {
        return deliver(url, false);
    }

    private Delivery deliver(String url, boolean repeatable) {
        var outgoing = new Outgoing(
                "webhook",
                "1 change",
                () -> new Post().send(url, "application/json", Optional.of(SECRET), "{\"a\":1}"),
                repeatable);
        return courier.deliver(List.of(outgoing)).get(0);
    }

    @Test
    void what_arrives_is_told_once() {
        var delivery = deliver(receiver.url() + "/hook");

        assertThat(delivery).isEqualTo(new Delivery("webhook", "1 change", 1, ""));
        assertThat(receiver.told()).hasSize(1).first().satisfies(told -> {
            assertThat(told.line()).isEqualTo("POST /hook");
            assertThat(told.authorization()).contains("Bearer " + SECRET);
            assertThat(told.mediaType()).isEqualTo("application/json");
            assertThat(told.body()).isEqualTo("{\"a\":1}");
        });
    }

    @Test
    void a_server_that_is_broken_for_a_moment_is_asked_once_more() {
        receiver.answers(503, "");

        assertThat(deliver(receiver.url())).isEqualTo(new Delivery("webhook", "1 change", 2, ""));
        assertThat(receiver.told()).hasSize(2);
    }

    @Test
    void a_server_that_stays_broken_is_asked_twice_and_no_more() {
        receiver.answers(500, "no disk").answers(429, "slowly").answers(500, "");

        assertThat(deliver(receiver.url()).line())
                .isEqualTo("Not told webhook (1 change, tried 2 times): it answered 429: slowly");
        assertThat(receiver.told()).hasSize(2);
    }

    @Test
    void a_refusal_is_not_tried_again_and_does_not_repeat_the_secret() {
        receiver.answers(403, "token " + SECRET + " has been revoked\nask somebody");

        assertThat(deliver(receiver.url()).line())
                .isEqualTo("Not told webhook (1 change, tried once):"
                        + " it answered 403: token [REDACTED] has been revoked ask somebody");
    }

    @Test
    void a_redirect_is_not_followed() {
        receiver.answers(307, "");

        assertThat(deliver(receiver.url()).problem()).isEqualTo("it answered 307");
    }

    @Test
    void a_silent_server_holds_nobody() {
        receiver.isSilent().isSilent();

        assertThat(deliver(receiver.url(), true).line())
                .isEqualTo("Not told webhook (1 change, tried 2 times): no answer within 500 ms");
    }

    @Test
    void what_may_have_arrived_is_not_sent_again_to_whom_it_would_be_told_twice() {
        receiver.isSilent();

        assertThat(deliver(receiver.url()).line())
                .isEqualTo("Not told webhook (1 change, tried once): no answer within 500 ms");
        assertThat(receiver.told()).hasSize(1);
    }

    @Test
    void a_name_that_nobody_knows_is_said() {
        assertThat(deliver("http://nowhere.invalid/hook").problem()).isEqualTo("the host name is not known");
    }

    @Test
    void a_closed_port_is_said() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(deliver("http://127.0.0.1:" + port).problem()).isEqualTo("connection refused");
    }

    @Test
    void an_address_that_is_none_is_not_repeated() {
        assertThat(deliver("hooks/" + SECRET).problem()).isEqualTo("its address is not one of http or https");
    }

    @Test
    void a_missing_secret_is_named_by_its_reference() {
        var outgoing = new Outgoing(
                "slack",
                "1 change",
                () -> {
                    throw new CouldNotCheck("there is no secret at env:SLACK");
                },
                false);

        assertThat(courier.deliver(List.of(outgoing)).get(0).line())
                .isEqualTo("Not told slack (1 change, tried once): there is no secret at env:SLACK");
    }
}
