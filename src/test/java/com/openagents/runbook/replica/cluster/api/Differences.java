package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.replica.cluster.api.Conversation.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares the answers of two servers. */
final class Differences {

    private Differences() {}

    /** One line for each place where the answers of a conversation differ. */
    static List<String> between(Conversation conversation, List<Answer> real, List<Answer> ours) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < conversation.steps().size(); i++) {
            var step = conversation.steps().get(i);
            var place = "%s / %d %s".formatted(conversation.name(), i + 1, step.send());
            if (i >= real.size()) {
                lines.add(place + ": nothing recorded; record again");
                continue;
            }
            if (real.get(i).code() != ours.get(i).code()) {
                lines.add("%s code: real %d, ours %d %s"
                        .formatted(
                                place,
                                real.get(i).code(),
                                ours.get(i).code(),
                                ours.get(i).body().path("message").asText()));
            }
            var expected = real.get(i).body();
            if (step.subset() != null) {
                expected = subset(expected, ours.get(i).body(), step.subset());
            }
            compare(place, "", expected, ours.get(i).body(), lines);
        }
        return lines;
    }

    private static void compare(String place, String path, JsonNode real, JsonNode ours, List<String> lines) {
        if (real instanceof ObjectNode && ours instanceof ObjectNode) {
            Set<String> fields = new TreeSet<>();
            real.fieldNames().forEachRemaining(fields::add);
            ours.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field -> compare(place, path + "/" + field, real.path(field), ours.path(field), lines));
        } else if (real instanceof ArrayNode && ours instanceof ArrayNode && real.size() == ours.size()) {
            for (int i = 0; i < real.size(); i++) {
                compare(place, path + "/" + i, real.get(i), ours.get(i), lines);
            }
        } else if (!real.equals(ours)) {
            lines.add("%s %s: real %s, ours %s".formatted(place, path, shown(real), shown(ours)));
        }
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "(nothing)" : node.toString();
    }

    /** The real answer without elements that ours does not have: a real server serves more kinds. */
    private static JsonNode subset(JsonNode real, JsonNode ours, String key) {
        if (real instanceof ArrayNode array && ours instanceof ArrayNode other) {
            var known = elements(other)
                    .map(element -> id(element, key))
                    .collect(Collectors.toMap(
                            id -> id,
                            id -> other.get(indexOf(other, key, id)),
                            (a, b) -> a,
                            java.util.LinkedHashMap::new));
            if (known.containsKey("")) {
                return real;
            }
            var mine = elements(array).collect(Collectors.toMap(e -> id(e, key), e -> e, (a, b) -> a));
            var kept = JsonNodeFactory.instance.arrayNode();
            known.forEach((id, element) -> {
                if (mine.containsKey(id)) {
                    kept.add(subset(mine.get(id), element, key));
                }
            });
            return kept;
        }
        if (real instanceof ObjectNode object && ours instanceof ObjectNode) {
            var copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(entry ->
                            copy.set(entry.getKey(), subset(entry.getValue(), ours.path(entry.getKey()), key)));
            return copy;
        }
        return real;
    }

    private static int indexOf(ArrayNode array, String key, String id) {
        for (int i = 0; i < array.size(); i++) {
            if (id(array.get(i), key).equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static String id(JsonNode element, String key) {
        for (var name : List.of(key, "resource", "subresource", "version")) {
            if (element.hasNonNull(name)) {
                return element.get(name).asText();
            }
        }
        return element.path("metadata").path(key).asText("");
    }

    private static java.util.stream.Stream<JsonNode> elements(ArrayNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
