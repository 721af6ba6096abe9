package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Delete and deletecollection. */
final class Deleter {

    private static final List<String> PROPAGATION_FINALIZERS = List.of("foregroundDeletion", "orphan");

    private final Store store;
    private final Reader reader;
    private final Shapes shapes;
    private final Metadata metadata;

    Deleter(Store store, Reader reader, Shapes shapes, Metadata metadata) {
        this.store = store;
        this.reader = reader;
        this.shapes = shapes;
        this.metadata = metadata;
    }

    void delete(Call call) {
        var object = reader.find(call);
        var result = delete(call, object, call.json());
        call.reply(200, result);
    }

    void deleteCollection(Call call) {
        var selection = Selection.of(call);
        var chosen = store.list(selection.type(), selection.namespace()).stream()
                .filter(selection::selects)
                .toList();
        var options = call.json();
        chosen.forEach(object -> delete(call, object, options));
        var meta = Json.object().put("resourceVersion", Long.toString(store.version()));
        call.reply(200, shapes.list(call, chosen, meta));
    }

    /** Deletes one object as the options ask, and answers the body of the reply. */
    ObjectNode delete(Call call, ObjectNode object, JsonNode options) {
        var type = ResourceTypes.storedAs(call.type());
        requirePreconditions(type, object, options.path("preconditions"));
        var updated = object.deepCopy();
        var meta = Json.meta(updated);
        finalizers(type, meta, propagation(call, options));
        var grace = grace(type, call, object, options);
        var held = !meta.path("finalizers").isEmpty();
        if (!held && grace == 0) {
            if (!call.dryRun()) {
                store.remove(type, updated);
            }
            return type == ResourceTypes.PODS ? updated : Statuses.deleted(call.type(), object);
        }
        mark(meta, grace);
        return call.dryRun() ? updated : stored(type, object, updated);
    }

    private ObjectNode stored(ResourceType type, ObjectNode object, ObjectNode updated) {
        return updated.equals(object) ? object : store.put(type, updated);
    }

    /** Sets or shortens the time of deletion. */
    private void mark(ObjectNode meta, long grace) {
        var already = meta.hasNonNull("deletionTimestamp");
        if (already && meta.path("deletionGracePeriodSeconds").asLong() <= grace) {
            return;
        }
        var from = already
                ? Instant.parse(meta.path("deletionTimestamp").asText())
                        .minusSeconds(meta.path("deletionGracePeriodSeconds").asLong())
                : Instant.parse(metadata.now());
        meta.put("deletionTimestamp", Metadata.time(from.plusSeconds(grace)));
        meta.put("deletionGracePeriodSeconds", grace);
        if (meta.has("generation")) {
            meta.put("generation", meta.path("generation").asLong() + 1);
        }
    }

    private static long grace(ResourceType type, Call call, ObjectNode object, JsonNode options) {
        if (type != ResourceTypes.PODS) {
            return 0;
        }
        var phase = Json.text(object, "status.phase");
        if (Json.text(object, "spec.nodeName").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
            return 0;
        }
        if (options.hasNonNull("gracePeriodSeconds")) {
            return Math.max(0, options.get("gracePeriodSeconds").asLong());
        }
        var asked = call.param("gracePeriodSeconds");
        return asked.isEmpty()
                ? Json.at(object, "spec.terminationGracePeriodSeconds").asLong(30)
                : Long.parseLong(asked);
    }

    private static String propagation(Call call, JsonNode options) {
        var asked = options.path("propagationPolicy").asText(call.param("propagationPolicy"));
        if (!asked.isEmpty() && !List.of("Background", "Foreground", "Orphan").contains(asked)) {
            var causes = new Causes();
            causes.notSupported("propagationPolicy", asked, List.of("Foreground", "Background", "Orphan", "nil"));
            throw causes.invalid("", "DeleteOptions", "");
        }
        if (options.hasNonNull("orphanDependents")) {
            return options.get("orphanDependents").asBoolean() ? "Orphan" : "Background";
        }
        return asked;
    }

    private static void finalizers(ResourceType type, ObjectNode meta, String propagation) {
        if (propagation.isEmpty()) {
            return;
        }
        var kept = Json.array();
        meta.path("finalizers").forEach(finalizer -> {
            if (!PROPAGATION_FINALIZERS.contains(finalizer.asText())) {
                kept.add(finalizer);
            }
        });
        if (propagation.equals("Foreground")) {
            kept.add("foregroundDeletion");
        } else if (propagation.equals("Orphan")) {
            kept.add("orphan");
        }
        if (kept.isEmpty()) {
            meta.remove("finalizers");
        } else {
            meta.set("finalizers", kept);
        }
    }

    private static void requirePreconditions(ResourceType type, ObjectNode object, JsonNode preconditions) {
        requireSame(type, object, preconditions, "uid", "UID");
        requireSame(type, object, preconditions, "resourceVersion", "ResourceVersion");
    }

    private static void requireSame(
            ResourceType type, ObjectNode object, JsonNode preconditions, String field, String word) {
        var wanted = preconditions.path(field).asText("");
        var seen = Json.text(object, "metadata." + field);
        if (!wanted.isEmpty() && !wanted.equals(seen)) {
            throw Statuses.conflict(
                    type,
                    Json.name(object),
                    "Precondition failed: %s in precondition: %s, %s in object meta: %s"
                            .formatted(word, wanted, word, seen));
        }
    }
}
