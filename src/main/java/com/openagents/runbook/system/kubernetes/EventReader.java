package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

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
