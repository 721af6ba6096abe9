package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Server-side apply: what a manager applies becomes so, what it no longer applies and nobody else owns goes. */
final class Apply {

    private final Schema.Type type;
    private final ObjectNode live;
    private final ManagedFields.Writer writer;
    private final Map<ManagedFields.Writer, ManagedFields.Share> shares;

    Apply(Schema.Type type, ObjectNode live, ManagedFields.Writer writer) {
        this.type = type;
        this.live = live;
        this.writer = writer;
        this.shares = ManagedFields.of(live);
    }

    /** The live object with the configuration applied, its managed fields included. */
    ObjectNode apply(ObjectNode config, boolean force, String now) {
        var merged = object(live.deepCopy(), config, Optional.of(type));
        var before = FieldPaths.values(live, type);
        Set<List<String>> changed = new LinkedHashSet<>();
        FieldPaths.values(merged, type).forEach((path, value) -> {
            if (!value.equals(before.get(path))) {
                changed.add(path);
            }
        });
        var conflicts = conflicts(changed);
        if (!conflicts.isEmpty() && !force) {
            throw conflict(conflicts);
        }
        conflicts.forEach((owner, paths) -> shares.get(owner).paths().removeAll(paths));
        var applied = new LinkedHashSet<>(FieldPaths.values(config, type).keySet());
        prune(merged, applied);
        shares.put(writer, new ManagedFields.Share(ManagedFields.entry(writer, merged, now), applied));
        ManagedFields.write(merged, shares);
        return merged;
    }

    private Map<ManagedFields.Writer, Set<List<String>>> conflicts(Set<List<String>> changed) {
        Map<ManagedFields.Writer, Set<List<String>>> conflicts =
                new TreeMap<>(java.util.Comparator.comparing(Object::toString));
        shares.forEach((owner, share) -> {
            var both = new LinkedHashSet<>(share.paths());
            both.retainAll(changed);
            if (!owner.equals(writer) && !both.isEmpty()) {
                conflicts.put(owner, both);
            }
        });
        return conflicts;
    }

    private ApiError conflict(Map<ManagedFields.Writer, Set<List<String>>> conflicts) {
        var causes = Json.array();
        var lines = new ArrayList<String>();
        conflicts.forEach((owner, paths) -> {
            var who = '"' + owner.manager() + '"' + using(owner);
            var fields = paths.stream().map(FieldPaths::shown).toList();
            fields.forEach(field -> causes.addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", "conflict with " + who)
                    .put("field", field));
            lines.add(
                    fields.size() == 1
                            ? "conflict with %s: %s".formatted(who, fields.get(0))
                            : "conflicts with %s:\n- %s".formatted(who, String.join("\n- ", fields)));
        });
        var count = causes.size() == 1 ? "1 conflict" : causes.size() + " conflicts";
        var status = Statuses.failure(
                409, "Conflict", "Apply failed with %s: %s".formatted(count, String.join("\n", lines)));
        status.putObject("details").set("causes", causes);
        return new ApiError(status);
    }

    private String using(ManagedFields.Writer owner) {
        if (owner.operation().equals("Apply")) {
            return "";
        }
        var part = owner.subresource().isEmpty() ? "" : " with subresource \"" + owner.subresource() + '"';
        return part + " using " + Json.text(shares.get(owner).entry(), "apiVersion");
    }

    /** Takes out what this manager applied before, applies no more, and shares with nobody. */
    private void prune(ObjectNode merged, Set<List<String>> applied) {
        if (!shares.containsKey(writer)) {
            return;
        }
        var gone = new ArrayList<>(shares.get(writer).paths());
        gone.removeAll(applied);
        shares.forEach((owner, share) -> {
            if (!owner.equals(writer)) {
                gone.removeAll(share.paths());
            }
        });
        // Elements last, so that an element goes whole once its fields are gone.
        gone.sort(java.util.Comparator.comparing((List<String> path) -> path.size())
                .reversed());
        gone.forEach(path -> remove(merged, path, Optional.of(type)));
    }

    private static void remove(JsonNode node, List<String> path, Optional<Schema.Type> owner) {
        var name = path.get(0).substring(2);
        if (!(node instanceof ObjectNode object) || !object.has(name)) {
            return;
        }
        if (path.size() == 1) {
            object.remove(name);
            return;
        }
        var field = owner.flatMap(known -> known.field(name));
        var child = object.get(name);
        if (child instanceof ArrayNode list && field.isPresent()) {
            removeElement(list, path, field.get());
        } else {
            remove(child, path.subList(1, path.size()), field.flatMap(Apply::inner));
        }
        if (child.isContainerNode() && child.isEmpty()) {
            object.remove(name);
        }
    }

    private static void removeElement(ArrayNode list, List<String> path, Schema.Field field) {
        for (int i = 0; i < list.size(); i++) {
            var element = list.get(i);
            var step = path.get(1);
            var is = step.startsWith("v:")
                    ? ("v:" + element).equals(step)
                    : FieldPaths.key(element, field).equals(step);
            if (is && path.size() == 2) {
                list.remove(i);
                return;
            }
            if (is) {
                remove(element, path.subList(2, path.size()), field.element().object());
                return;
            }
        }
    }

    private static Optional<Schema.Type> inner(Schema.Field field) {
        return field.isMap() ? field.element().object() : field.object();
    }

    private static ObjectNode object(ObjectNode target, ObjectNode config, Optional<Schema.Type> type) {
        for (var entry : config.properties()) {
            var field = type.flatMap(known -> known.field(entry.getKey()));
            target.set(entry.getKey(), value(target.get(entry.getKey()), entry.getValue(), field));
        }
        return target;
    }

    private static JsonNode value(JsonNode there, JsonNode config, Optional<Schema.Field> field) {
        if (field.isEmpty() || field.get().atomic()) {
            return config.deepCopy();
        }
        if (config instanceof ObjectNode object && there instanceof ObjectNode target) {
            return object(target, object, inner(field.get()));
        }
        if (config instanceof ArrayNode list && there instanceof ArrayNode target) {
            return list(target, list, field.get());
        }
        return config.deepCopy();
    }

    private static JsonNode list(ArrayNode target, ArrayNode config, Schema.Field field) {
        if (field.listType().isEmpty()) {
            return config.deepCopy();
        }
        var isMap = field.listType().equals("map");
        var merged = new ArrayList<>(Json.items(target));
        for (var element : config) {
            var at = -1;
            for (int i = 0; i < merged.size() && at < 0; i++) {
                var same = isMap
                        ? FieldPaths.key(merged.get(i), field).equals(FieldPaths.key(element, field))
                        : merged.get(i).equals(element);
                at = same ? i : -1;
            }
            if (at < 0) {
                merged.add(element.deepCopy());
            } else if (isMap) {
                merged.set(
                        at,
                        object(
                                (ObjectNode) merged.get(at),
                                (ObjectNode) element,
                                field.element().object()));
            }
        }
        return Json.array().addAll(merged);
    }
}
