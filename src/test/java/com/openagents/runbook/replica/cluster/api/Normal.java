package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.openagents.runbook.replica.cluster.api.Conversation.Answer;
import com.openagents.runbook.replica.cluster.api.Conversation.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts words in place of what no two servers have in common: identities, times, versions, addresses. */
final class Normal {

    private static final Set<String> TIMES = Set.of(
            "creationTimestamp",
            "deletionTimestamp",
            "time",
            "lastTransitionTime",
            "lastScaleTime",
            "expirationTimestamp");
    private static final Set<String> DROPPED = Set.of("fieldsV1", "description", "storageVersionHash");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TOKEN_VOLUME = Pattern.compile("kube-api-access-[a-z0-9]{5}");
    private static final Pattern GENERATED = Pattern.compile("^made-[a-z0-9]{5}$");
    private static final Pattern VERSIONS_IN_MESSAGE = Pattern.compile("too old resource version: (\\d+) \\(\\d+\\)");
    private static final Pattern AGE = Pattern.compile("^\\d+(y\\d*d?|d\\d*h?|h\\d*m?|m\\d*s?|s)$");
    private static final Pattern AGO = Pattern.compile("\\(\\S+ ago\\)");

    private Normal() {}

    static Answer of(Step step, Answer answer, Map<String, String> variables) {
        var body = step.only().isEmpty() ? answer.body() : only(step, answer.body());
        step.ignore().forEach(pointer -> remove(body, pointer));
        return new Answer(answer.code(), node(body, "", variables));
    }

    private static JsonNode only(Step step, JsonNode body) {
        var kept = JsonNodeFactory.instance.objectNode();
        step.only().forEach(pointer -> kept.set(pointer.substring(1), body.at(pointer)));
        return kept;
    }

    private static void remove(JsonNode body, String pointer) {
        var cut = pointer.lastIndexOf('/');
        if (body.at(pointer.substring(0, cut)) instanceof ObjectNode parent) {
            parent.remove(pointer.substring(cut + 1));
        }
    }

    private static JsonNode node(JsonNode node, String field, Map<String, String> variables) {
        if (node instanceof ObjectNode object) {
            var copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(entry -> {
                if (!DROPPED.contains(entry.getKey())) {
                    copy.set(entry.getKey(), node(entry.getValue(), entry.getKey(), variables));
                }
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(node(element, field, variables)));
            return field.equals("managedFields") ? byManager(copy) : copy;
        }
        return node.isTextual() ? TextNode.valueOf(text(node.asText(), field, variables)) : node;
    }

    private static ArrayNode byManager(ArrayNode entries) {
        var sorted = new ObjectMapper().createArrayNode();
        List<JsonNode> list = new java.util.ArrayList<>();
        entries.forEach(list::add);
        list.sort(java.util.Comparator.comparing(JsonNode::toString));
        return sorted.addAll(list);
    }

    private static String text(String text, String field, Map<String, String> variables) {
        if (TIMES.contains(field)) {
            return "<time>";
        }
        switch (field) {
            case "uid":
            case "controller-uid":
            case "batch.kubernetes.io/controller-uid":
                return "<uid>";
            case "resourceVersion":
                return "<version>";
            case "continue":
                return "<continue>";
            case "token":
                return "<token>";
            case "clusterIP":
            case "clusterIPs":
                return text.equals("None") ? text : "<ip>";
            case "cells":
                return cell(text, variables);
            default:
        }
        var plain = UUID.matcher(text).replaceAll("<uid>");
        plain = TOKEN_VOLUME.matcher(plain).replaceAll("<token-volume>");
        plain = GENERATED.matcher(plain).replaceAll("made-<suffix>");
        plain = VERSIONS_IN_MESSAGE.matcher(plain).replaceAll("too old resource version: $1 (<version>)");
        return plain.replace(variables.get("ns"), "<ns>");
    }

    private static String cell(String text, Map<String, String> variables) {
        if (AGE.matcher(text).matches()) {
            return "<age>";
        }
        if (text.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") && !text.startsWith("10.1.2.")) {
            return "<ip>";
        }
        if (text.matches("\\d{4}-\\d\\d-\\d\\dT.*")) {
            return "<time>";
        }
        return AGO.matcher(UUID.matcher(text).replaceAll("<uid>"))
                .replaceAll("(<age> ago)")
                .replace(variables.get("ns"), "<ns>");
    }
}
