package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.kubernetes.WarningEvents.Warning;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Events as Kubernetes keeps them, for an hour by default. */
final class EventReader {
    private final KubernetesClient client;
    private final String namespace;
    private final Reads reads;

    EventReader(KubernetesClient client, String namespace, Reads reads) {
        this.client = client;
        this.namespace = namespace;
        this.reads = reads;
    }

    /** Events about one object, newest first. */
    List<Event> about(String kind, String name) {
        return reads.ask(
                "list events",
                () -> client
                        .v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("involvedObject.kind", kind)
                        .withField("involvedObject.name", name)
                        .list()
                        .getItems()
                        .stream()
                        .sorted(Comparator.comparing(EventReader::last).reversed())
                        .toList());
    }

    /** Warning events about all objects of a kind, newest first. */
    List<Event> warnings(String kind) {
        return reads.ask(
                "list events",
                () -> client
                        .v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("involvedObject.kind", kind)
                        .withField("type", "Warning")
                        .list()
                        .getItems()
                        .stream()
                        .sorted(Comparator.comparing(EventReader::last).reversed())
                        .toList());
    }

    /** Warning events about anything since then, newest first. */
    WarningEvents allWarnings(Duration since, String heldAgainst) {
        var earliest = Instant.now().minus(since);
        var found = reads.ask(
                "list events",
                () ->
                        client
                                .v1()
                                .events()
                                .inNamespace(namespace)
                                .withField("type", "Warning")
                                .list()
                                .getItems()
                                .stream()
                                .filter(event -> !last(event).isBefore(earliest))
                                .sorted(Comparator.comparing(EventReader::last).reversed())
                                .map(EventReader::warning)
                                .toList());
        var arguments = "get events --field-selector type=Warning --sort-by .lastTimestamp";
        reads.saw(
                "Warning events",
                arguments,
                found.stream().map(EventReader::row).toList(),
                heldAgainst,
                Instant.now(),
                "");
        return new WarningEvents(found, reads.kubectl().command(arguments));
    }

    private static Warning warning(Event event) {
        var object = event.getInvolvedObject();
        return new Warning(
                object.getKind() + " " + object.getName(),
                event.getReason(),
                event.getMessage() == null ? "" : event.getMessage().strip(),
                times(event),
                last(event));
    }

    private static Map<String, String> row(Warning warning) {
        return Rows.of(
                "object", warning.object(),
                "reason", warning.reason(),
                "message", warning.message(),
                "times", warning.times(),
                "last", warning.last());
    }

    static Instant last(Event event) {
        if (event.getLastTimestamp() != null) {
            return Instant.parse(event.getLastTimestamp());
        }
        if (event.getEventTime() != null && event.getEventTime().getTime() != null) {
            return Instant.parse(event.getEventTime().getTime());
        }
        return Instant.parse(event.getMetadata().getCreationTimestamp());
    }

    static Instant first(Event event) {
        return event.getFirstTimestamp() == null ? last(event) : Instant.parse(event.getFirstTimestamp());
    }

    static int times(Event event) {
        return event.getCount() == null ? 1 : event.getCount();
    }
}
