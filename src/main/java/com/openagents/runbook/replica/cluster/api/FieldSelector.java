package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Field selectors: each kind knows its name and namespace, and a few kinds know some fields more. */
final class FieldSelector {

    private static final Map<ResourceType, List<String>> MORE = Map.of(
            ResourceTypes.PODS,
            List.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "spec.hostNetwork",
                    "status.phase",
                    "status.podIP",
                    "status.nominatedNodeName"),
            ResourceTypes.EVENTS,
            List.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"),
            ResourceTypes.SECRETS,
            List.of("type"),
            ResourceTypes.NAMESPACES,
            List.of("status.phase"),
            ResourceTypes.NODES,
            List.of("spec.unschedulable"),
            ResourceTypes.JOBS,
            List.of("status.successful"),
            ResourceTypes.REPLICA_SETS,
            List.of("status.replicas"),
            ResourceTypes.SERVICES,
            List.of("spec.clusterIP", "spec.type"));

    private FieldSelector() {}

    static Predicate<ObjectNode> parse(ResourceType type, String text) {
        Predicate<ObjectNode> all = object -> true;
        if (text.isBlank()) {
            return all;
        }
        for (var part : text.split(",")) {
            all = all.and(term(type, part, text));
        }
        return all;
    }

    private static Predicate<ObjectNode> term(ResourceType type, String part, String whole) {
        for (var operator : List.of("!=", "==", "=")) {
            var at = part.indexOf(operator);
            if (at >= 0) {
                var field = part.substring(0, at);
                var value = part.substring(at + operator.length());
                requireKnown(type, field);
                return operator.equals("!=")
                        ? object -> !value.equals(value(type, object, field))
                        : object -> value.equals(value(type, object, field));
            }
        }
        throw Statuses.badRequest("invalid selector: '%s'; can't understand '%s'".formatted(whole, part));
    }

    private static void requireKnown(ResourceType type, String field) {
        var own = field.equals("metadata.name") || (type.namespaced() && field.equals("metadata.namespace"));
        var stored = ResourceTypes.storedAs(type);
        if (own || MORE.getOrDefault(stored, List.of()).contains(field)) {
            return;
        }
        if (stored == ResourceTypes.JOBS) {
            throw Statuses.badRequest("field label \"%s\" not supported for batchv1.Job".formatted(field));
        }
        throw Statuses.badRequest(
                MORE.containsKey(stored)
                        ? "field label not supported: " + field
                        : "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                                .formatted(field));
    }

    private static String value(ResourceType type, ObjectNode object, String field) {
        return switch (field) {
            case "source" ->
                Json.has(object, "source.component")
                        ? Json.text(object, "source.component")
                        : Json.text(object, "reportingComponent");
            case "spec.unschedulable", "spec.hostNetwork" ->
                String.valueOf(Json.at(object, field).asBoolean());
            case "status.successful" ->
                Integer.toString(Json.at(object, "status.succeeded").asInt());
            case "status.replicas" -> Integer.toString(Json.at(object, field).asInt());
            default -> Json.text(object, field);
        };
    }
}
