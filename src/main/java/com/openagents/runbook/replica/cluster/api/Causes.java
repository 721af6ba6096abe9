package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with the fields of one object. */
final class Causes {

    private record Cause(String reason, String message, String field) {}

    private final List<Cause> causes = new ArrayList<>();

    boolean isEmpty() {
        return causes.isEmpty();
    }

    void required(String field, String detail) {
        add("FieldValueRequired", "Required value" + tail(detail), field);
    }

    void invalid(String field, Object value, String detail) {
        add("FieldValueInvalid", "Invalid value: " + shown(value) + tail(detail), field);
    }

    void notSupported(String field, Object value, Collection<String> supported) {
        var words = supported.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
        add(
                "FieldValueNotSupported",
                "Unsupported value: %s: supported values: %s".formatted(shown(value), words),
                field);
    }

    void forbidden(String field, String detail) {
        add("FieldValueForbidden", "Forbidden" + tail(detail), field);
    }

    void duplicate(String field, Object value) {
        add("FieldValueDuplicate", "Duplicate value: " + shown(value), field);
    }

    void notFound(String field, Object value) {
        add("FieldValueNotFound", "Not found: " + shown(value), field);
    }

    void tooLong(String field, int limit) {
        add("FieldValueTooLong", "Too long: may not be more than %d bytes".formatted(limit), field);
    }

    /** Throws the 422 answer if anything is wrong. */
    void throwIfAny(String group, String kind, String name) {
        if (!causes.isEmpty()) {
            throw refusal(group, kind, name);
        }
    }

    ApiError refusal(String group, String kind, String name) {
        var qualified = group.isEmpty() ? kind : kind + "." + group;
        var lines = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .distinct()
                .toList();
        var all = lines.size() == 1 ? lines.get(0) : "[" + String.join(", ", lines) + "]";
        var status = Statuses.failure(422, "Invalid", "%s \"%s\" is invalid: %s".formatted(qualified, name, all));
        details(status, group, kind, name);
        return new ApiError(status);
    }

    private void details(ObjectNode status, String group, String kind, String name) {
        var details = status.putObject("details");
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        if (!kind.isEmpty()) {
            details.put("kind", kind);
        }
        var list = details.putArray("causes");
        for (var cause : causes) {
            list.addObject()
                    .put("reason", cause.reason())
                    .put("message", cause.message())
                    .put("field", cause.field());
        }
    }

    private void add(String reason, String message, String field) {
        causes.add(new Cause(reason, message, field));
    }

    private static String tail(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }

    private static String shown(Object value) {
        if (value instanceof JsonNode node) {
            return node.isMissingNode() ? "null" : sorted(node).toString();
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    /** Maps print with sorted keys; structs, whose fields begin with a capital, print in their own order. */
    private static JsonNode sorted(JsonNode node) {
        if (!(node instanceof ObjectNode object) || object.isEmpty()) {
            return node;
        }
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.stream().noneMatch(name -> Character.isUpperCase(name.charAt(0)))) {
            names.sort(null);
        }
        var copy = Json.object();
        names.forEach(name -> copy.set(name, sorted(object.get(name))));
        return copy;
    }
}
