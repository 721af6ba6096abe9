package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class EventReaderTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void open(Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
    }

    @Test
    void of_two_events_in_the_same_second_the_later_written_one_is_the_newer() {
        // In this order the server would list them.
        write(event("a").withLastTimestamp(now.toString()).withMessage("written first"));
        write(event("c").withLastTimestamp(now.minusSeconds(1).toString()).withMessage("older"));
        write(event("b").withLastTimestamp(now.toString()).withMessage("written last"));

        assertThat(messages()).containsExactly("written last", "written first", "older");
    }

    @Test
    void an_event_that_was_repeated_counts_from_its_last_time() {
        write(event("single").withLastTimestamp(now.minusSeconds(5).toString()).withMessage("single"));
        write(event("series")
                .withEventTime(new MicroTime(now.minusSeconds(60).toString()))
                .withReportingComponent("test")
                .withReportingInstance("test")
                .withAction("Test")
                .withNewSeries()
                .withCount(7)
                .withLastObservedTime(new MicroTime(now.minusSeconds(1).toString()))
                .endSeries()
                .withMessage("repeated"));

        assertThat(warnings()).first().satisfies(newest -> {
            assertThat(newest.message()).isEqualTo("repeated");
            assertThat(newest.times()).isEqualTo(7);
        });
    }

    private List<String> messages() {
        return warnings().stream().map(WarningEvents.Warning::message).toList();
    }

    private List<WarningEvents.Warning> warnings() {
        return UnsharedSystem.of(client, namespace, unseen -> {})
                .warnings(Duration.ofMinutes(10), "none")
                .warnings();
    }

    private EventBuilder event(String name) {
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withType("Warning")
                .withReason("Unhealthy")
                .withNewInvolvedObject()
                .withKind("Pod")
                .withName("runtime-0")
                .withNamespace(namespace)
                .endInvolvedObject();
    }

    private void write(EventBuilder event) {
        Event written = event.build();
        client.resource(written).create();
    }
}
