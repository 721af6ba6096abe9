package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.kubernetes.Reads.Seen;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the StatefulSet, its disruption budget and its Service. */
final class WorkloadReader {
    private final KubernetesClient client;
    private final EventReader events;
    private final Reads reads;

    WorkloadReader(KubernetesClient client, EventReader events, Reads reads) {
        this.client = client;
        this.events = events;
        this.reads = reads;
    }

    Rollout rollout(String heldAgainst) {
        var seen = reads.seen("rollout", this::look);
        var rollout = seen.what();
        reads.saw(
                "Rollout of the StatefulSet",
                "get statefulset runtime -o wide",
                List.of(row(rollout)),
                heldAgainst,
                rollout.at(),
                seen.version());
        return rollout;
    }

    private Seen<Rollout> look() {
        var found = reads.ask(
                "get statefulsets",
                () -> client.apps()
                        .statefulSets()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(KubernetesSystem.NAME)
                        .get());
        var at = Instant.now();
        return found == null
                ? new Seen<>(Rollout.missing(at, reads.kubectl()), "")
                : new Seen<>(record(found, at), Reads.version(found));
    }

    private Rollout record(StatefulSet set, Instant at) {
        var status = set.getStatus();
        var strategy = set.getSpec().getUpdateStrategy();
        int wanted = Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
        int ofCurrent = Optional.ofNullable(status.getCurrentReplicas()).orElse(0);
        int partition = Optional.ofNullable(strategy)
                .map(update -> update.getRollingUpdate())
                .map(update -> update.getPartition())
                .orElse(0);
        var currentRevision = Optional.ofNullable(status.getCurrentRevision()).orElse("");
        var updateRevision = Optional.ofNullable(status.getUpdateRevision()).orElse("");
        return new Rollout(
                true,
                wanted,
                set.getSpec().getTemplate().getSpec().getContainers().get(0).getImage(),
                Optional.ofNullable(strategy).map(update -> update.getType()).orElse("RollingUpdate"),
                Objects.equals(set.getMetadata().getGeneration(), status.getObservedGeneration()),
                currentRevision,
                updateRevision,
                currentRevision.equals(updateRevision) ? 0 : Math.max(0, ofCurrent - partition),
                rolledOutAt(updateRevision),
                warnings(),
                at,
                reads.kubectl());
    }

    /** A rollback takes an old revision up again; only its managed fields tell when. */
    private Instant rolledOutAt(String revision) {
        var found = revision.isEmpty()
                ? null
                : reads.ask(
                        "get controllerrevisions",
                        () -> client.apps()
                                .controllerRevisions()
                                .inNamespace(reads.kubectl().namespace())
                                .withName(revision)
                                .get());
        return found == null ? Instant.EPOCH : lastChanged(found);
    }

    private static Instant lastChanged(HasMetadata object) {
        var changes = Optional.ofNullable(object.getMetadata().getManagedFields()).orElse(List.of()).stream()
                .map(ManagedFieldsEntry::getTime)
                .filter(Objects::nonNull);
        return Stream.concat(Stream.of(object.getMetadata().getCreationTimestamp()), changes)
                .map(Instant::parse)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private List<String> warnings() {
        return events.about("StatefulSet", KubernetesSystem.NAME).stream()
                .filter(event -> "Warning".equals(event.getType()))
                .map(Event::getMessage)
                .map(String::strip)
                .distinct()
                .limit(3)
                .toList();
    }

    private static Map<String, String> row(Rollout rollout) {
        if (!rollout.exists()) {
            return Map.of("statefulset", "not found");
        }
        return Rows.of(
                "wanted",
                rollout.wanted(),
                "outdated pods",
                rollout.outdated(),
                "newest specification seen",
                rollout.seen() ? "yes" : "no",
                "strategy",
                rollout.strategy(),
                "current revision",
                rollout.currentRevision(),
                "update revision",
                rollout.updateRevision(),
                "rolled out",
                rollout.rolledOutAt(),
                "image",
                rollout.image());
    }

    DisruptionBudget disruptionBudget(String heldAgainst) {
        var found = reads.ask(
                "get poddisruptionbudgets",
                () -> client.policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(KubernetesSystem.NAME)
                        .get());
        var at = Instant.now();
        if (found == null || found.getStatus() == null) {
            reads.saw("Disruption budget", "get pdb runtime", List.of(Map.of("pdb", "not found")), heldAgainst, at, "");
            return DisruptionBudget.missing(at, reads.kubectl());
        }
        var status = found.getStatus();
        var budget = new DisruptionBudget(
                true,
                Objects.equals(found.getMetadata().getGeneration(), status.getObservedGeneration()),
                status.getCurrentHealthy(),
                status.getDesiredHealthy(),
                status.getDisruptionsAllowed(),
                at,
                reads.kubectl());
        reads.saw(
                "Disruption budget",
                "get pdb runtime",
                List.of(Rows.of(
                        "healthy", budget.healthy(), "needed", budget.needed(), "may be disrupted", budget.allowed())),
                heldAgainst,
                at,
                Reads.version(found));
        return budget;
    }

    Routing routing(String heldAgainst) {
        var namespace = reads.kubectl().namespace();
        var service = reads.ask(
                "get services",
                () -> client.services()
                        .inNamespace(namespace)
                        .withName(KubernetesSystem.NAME)
                        .get());
        var slices = reads.ask(
                "list endpointslices",
                () -> Pages.read(
                        client.discovery()
                                .v1()
                                .endpointSlices()
                                .inNamespace(namespace)
                                .withLabel("kubernetes.io/service-name", KubernetesSystem.NAME),
                        slice -> Optional.ofNullable(slice.getEndpoints())));
        var at = Instant.now();
        var selector = service == null
                ? ""
                : service.getSpec().getSelector().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(","));
        var endpoints = slices.items().stream().flatMap(List::stream).toList();
        var routing = new Routing(service != null, readyPods(endpoints), selector, at, reads.kubectl());
        reads.saw(
                "Endpoints of the Service",
                "get endpointslices -l kubernetes.io/service-name=runtime",
                endpoints.stream().map(WorkloadReader::row).toList(),
                heldAgainst,
                at,
                slices.version());
        return routing;
    }

    private static Set<String> readyPods(List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.getConditions() != null
                        && Boolean.TRUE.equals(endpoint.getConditions().getReady()))
                .map(WorkloadReader::podName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String podName(Endpoint endpoint) {
        return endpoint.getTargetRef() == null ? "" : endpoint.getTargetRef().getName();
    }

    private static Map<String, String> row(Endpoint endpoint) {
        var ready = endpoint.getConditions() == null
                ? null
                : endpoint.getConditions().getReady();
        return Rows.of(
                "pod", podName(endpoint),
                "addresses", String.join(", ", endpoint.getAddresses()),
                "ready", Boolean.TRUE.equals(ready) ? "yes" : "no");
    }
}
