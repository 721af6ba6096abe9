package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.kubernetes.Autoscaler.Condition;
import com.openagents.runbook.system.kubernetes.Autoscaler.Rescale;
import com.openagents.runbook.system.kubernetes.Reads.Seen;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the autoscaler (runbook 1, {@code kubectl get hpa runtime}). */
final class AutoscalerReader {
    private final KubernetesClient client;
    private final EventReader events;
    private final Reads reads;

    AutoscalerReader(KubernetesClient client, EventReader events, Reads reads) {
        this.client = client;
        this.events = events;
        this.reads = reads;
    }

    Autoscaler read(String heldAgainst) {
        var seen = reads.seen("autoscaler", this::look);
        var autoscaler = seen.what();
        reads.saw("Autoscaler", "describe hpa runtime", rows(autoscaler), heldAgainst, autoscaler.at(), seen.version());
        return autoscaler;
    }

    private Seen<Autoscaler> look() {
        var found = reads.ask(
                "get horizontalpodautoscalers",
                () -> client.autoscaling()
                        .v2()
                        .horizontalPodAutoscalers()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(KubernetesSystem.NAME)
                        .get());
        var at = Instant.now();
        return found == null
                ? new Seen<>(Autoscaler.missing(at, reads.kubectl()), "")
                : new Seen<>(record(found, at), Reads.version(found));
    }

    private Autoscaler record(HorizontalPodAutoscaler hpa, Instant at) {
        var status = hpa.getStatus();
        var rescales = events.about("HorizontalPodAutoscaler", KubernetesSystem.NAME).stream()
                .filter(event -> "SuccessfulRescale".equals(event.getReason()))
                .map(event -> new Rescale(
                        event.getMessage(), EventTimes.times(event), EventTimes.first(event), EventTimes.last(event)))
                .toList();
        return new Autoscaler(
                true,
                Optional.ofNullable(hpa.getSpec().getMinReplicas()).orElse(1),
                hpa.getSpec().getMaxReplicas(),
                status == null
                        ? 0
                        : Optional.ofNullable(status.getCurrentReplicas()).orElse(0),
                status == null
                        ? 0
                        : Optional.ofNullable(status.getDesiredReplicas()).orElse(0),
                conditions(hpa),
                utilization(hpa),
                target(hpa),
                rescales,
                at,
                reads.kubectl());
    }

    private static Map<String, Condition> conditions(HorizontalPodAutoscaler hpa) {
        if (hpa.getStatus() == null) {
            return Map.of();
        }
        return hpa.getStatus().getConditions().stream()
                .collect(Collectors.toMap(HorizontalPodAutoscalerCondition::getType, AutoscalerReader::condition));
    }

    private static Condition condition(HorizontalPodAutoscalerCondition condition) {
        return new Condition(
                "True".equals(condition.getStatus()),
                Optional.ofNullable(condition.getReason()).orElse(""),
                Optional.ofNullable(condition.getMessage()).orElse(""),
                Optional.ofNullable(condition.getLastTransitionTime())
                        .map(Instant::parse)
                        .orElse(Instant.EPOCH));
    }

    private static Optional<Integer> utilization(HorizontalPodAutoscaler hpa) {
        if (hpa.getStatus() == null || hpa.getStatus().getCurrentMetrics() == null) {
            return Optional.empty();
        }
        return hpa.getStatus().getCurrentMetrics().stream()
                .map(metric -> metric.getResource())
                .filter(Objects::nonNull)
                .filter(resource -> "cpu".equals(resource.getName()))
                .map(resource -> resource.getCurrent().getAverageUtilization())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static int target(HorizontalPodAutoscaler hpa) {
        return hpa.getSpec().getMetrics().stream()
                .map(metric -> metric.getResource())
                .filter(Objects::nonNull)
                .map(resource -> resource.getTarget().getAverageUtilization())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0);
    }

    private static List<Map<String, String>> rows(Autoscaler hpa) {
        if (!hpa.exists()) {
            return List.of(Rows.of("what", "hpa", "value", "not found"));
        }
        var rows = new ArrayList<Map<String, String>>();
        rows.add(Rows.of("what", "replicas", "value", hpa.current() + " current, " + hpa.desired() + " desired"));
        rows.add(Rows.of("what", "bounds", "value", hpa.min() + " to " + hpa.max()));
        rows.add(Rows.of(
                "what",
                "cpu utilisation",
                "value",
                hpa.utilization().map(value -> value + "%").orElse("unknown") + ", target " + hpa.target() + "%"));
        hpa.conditions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> rows.add(Rows.of(
                        "what",
                        entry.getKey(),
                        "value",
                        (entry.getValue().status() ? "True, " : "False, ")
                                + entry.getValue().reason() + " since "
                                + entry.getValue().since())));
        hpa.rescales()
                .forEach(rescale -> rows.add(Rows.of(
                        "what",
                        "rescale",
                        "value",
                        rescale.message() + " (" + rescale.times() + "x, last " + rescale.at() + ")")));
        return rows;
    }
}
