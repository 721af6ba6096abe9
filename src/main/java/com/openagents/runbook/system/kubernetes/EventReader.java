package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.kubernetes.WarningEvents.Warning;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Events as Kubernetes keeps them, for an hour by default. */
final class EventReader {
    private static final String WARNING = "Warning";

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
        return newestFirst(
                events().withField("involvedObject.kind", kind).withField("involvedObject.name", name), event -> true);
    }

    /** Warning events about these objects of a kind, newest first. */
    List<Event> warnings(String kind, Set<String> names) {
        return newestFirst(
                events().withField("involvedObject.kind", kind).withField("type", WARNING),
                event -> names.contains(event.getInvolvedObject().getName()));
    }

    /** Warning events about anything since then, newest first. */
    WarningEvents allWarnings(Duration since, String heldAgainst) {
        var earliest = Instant.now().minus(since);
        var found =
                newestFirst(
                                events().withField("type", WARNING),
                                event -> !EventTimes.last(event).isBefore(earliest))
                        .stream()
                        .map(EventReader::warning)
                        .toList();
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

    private FilterWatchListDeletable<Event, EventList, Resource<Event>> events() {
        return client.v1().events().inNamespace(namespace);
    }

    private List<Event> newestFirst(Listable<EventList> asked, Predicate<Event> wanted) {
        return reads
                .ask(
                        "list events",
                        () -> Pages.read(asked, event -> Optional.of(event).filter(wanted)))
                .items()
                .stream()
                .sorted(EventTimes.NEWEST_FIRST)
                .toList();
    }

    private static Warning warning(Event event) {
        var object = event.getInvolvedObject();
        return new Warning(
                object.getKind() + " " + object.getName(),
                event.getReason(),
                event.getMessage() == null ? "" : event.getMessage().strip(),
                EventTimes.times(event),
                EventTimes.last(event));
    }

    private static Map<String, String> row(Warning warning) {
        return Rows.of(
                "object", warning.object(),
                "reason", warning.reason(),
                "message", warning.message(),
                "times", warning.times(),
                "last", warning.last());
    }
}
