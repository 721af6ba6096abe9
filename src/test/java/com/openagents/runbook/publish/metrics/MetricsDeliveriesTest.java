package com.openagents.runbook.publish.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.Publish;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Courier;
import com.openagents.runbook.publish.Delivery;
import com.openagents.runbook.publish.Receiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsDeliveriesTest {
    private static final Map<String, String> SECRETS = Map.of("env:TOKEN", "t0ken-of-the-gateway");

    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private List<Delivery> deliver(Publish publish) {
        var run = MetricsFileTest.played().run();
        return new Courier(new Redactor()).deliver(MetricsDeliveries.of(run, publish, SECRETS::get));
    }

    @Test
    void a_pushgateway_gets_the_text_in_the_group_of_the_environment() {
        var deliveries = deliver(new Publish(new Publish.Pushgateway(receiver.url() + "/gateway/", "env:TOKEN"), null));

        assertThat(deliveries).containsExactly(new Delivery("pushgateway", "metrics", 1, ""));
        assertThat(receiver.told()).hasSize(1).first().satisfies(told -> {
            assertThat(told.line()).isEqualTo("POST /gateway/metrics/job/runbook/environment/staging");
            assertThat(told.authorization()).contains("Bearer t0ken-of-the-gateway");
            assertThat(told.mediaType()).startsWith("text/plain; version=0.0.4");
            assertThat(told.body())
                    .isEqualTo(MetricsFile.text(MetricsFileTest.played().run()));
        });
    }

    @Test
    void a_collector_gets_the_same_by_otlp() {
        var otlp = new Publish.Otlp(receiver.url() + "/v1/metrics", Map.of("Authorization", "env:TOKEN"));

        assertThat(deliver(new Publish(null, otlp))).containsExactly(new Delivery("otlp", "metrics", 1, ""));
        assertThat(receiver.told()).hasSize(1).first().satisfies(told -> {
            assertThat(told.line()).isEqualTo("POST /v1/metrics");
            assertThat(told.authorization()).isEqualTo(Optional.of("t0ken-of-the-gateway"));
            assertThat(told.mediaType()).isEqualTo("application/x-protobuf");
            var bytes = new String(told.bytes(), StandardCharsets.ISO_8859_1);
            assertThat(bytes)
                    .contains("openagents-runbook", "runbook_scenario_verdict", "1-a-database", "runbook_run_duration")
                    .doesNotContain("runbook_run_duration_seconds")
                    .contains(littleEndian(1.508));
        });
    }

    @Test
    void a_collector_that_does_not_take_them_is_said() {
        receiver.answers(401, "who are you");

        assertThat(deliver(new Publish(null, new Publish.Otlp(receiver.url(), Map.of()))))
                .containsExactly(new Delivery("otlp", "metrics", 1, "it answered 401"));
        assertThat(deliver(new Publish(null, new Publish.Otlp("http://nowhere.invalid/", Map.of()))))
                .extracting(Delivery::problem)
                .containsExactly("the host name is not known");
    }

    @Test
    void one_that_is_away_does_not_keep_the_metrics_from_the_other() {
        var publish = new Publish(
                new Publish.Pushgateway("http://nowhere.invalid", null), new Publish.Otlp(receiver.url(), Map.of()));

        assertThat(deliver(publish)).extracting(Delivery::delivered).containsExactly(false, true);
    }

    /** As a double travels in a protobuf. */
    private static String littleEndian(double value) {
        var bytes = ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
