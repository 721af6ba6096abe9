package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Delete and deletecollection. */
final class Deleter {

    private static final List<String> PROPAGATION_FINALIZERS = List.of("foregroundDeletion", "orphan");
    private static final List<String> POLICIES = List.of("Foreground", "Background", "Orphan", "nil");
    private static final List<String> ENDED = List.of("Succeeded", "Failed");

    /** Kinds of which a delete answers with the object, where the others answer with a Status. */
    private static final List<ResourceType> SHOWN_WHEN_GONE =
            List.of(ResourceTypes.PODS, ResourceTypes.SERVICES, ResourceTypes.SERVICE_ACCOUNTS, ResourceTypes.QUOTAS);

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
        call.reply(200, delete(call, object, options(call)));
    }

    void deleteCollection(Call call) {
        var selection = Selection.of(call);
        var chosen = store.list(selection.type(), selection.namespace()).stream()
                .filter(selection::selects)
                .toList();
        var options = options(call);
        chosen.forEach(object -> delete(call, object, options));
        call.reply(200, shapes.list(call, chosen, Json.object().put("resourceVersion", "" + store.version())));
    }

    /** The options of the body, with those of the query where the body has none. */
    static ObjectNode options(Call call) {
        var options = call.json("DeleteOptions") instanceof ObjectNode body ? body.deepCopy() : Json.object();
        for (var name : List.of("propagationPolicy", "gracePeriodSeconds", "orphanDependents")) {
            var asked = call.param(name);
            if (!asked.isEmpty() && !options.has(name)) {
                options.put(name, asked);
            }
        }
        requireValid(options);
        return options;
    }

    private static void requireValid(ObjectNode options) {
        var policy = Json.text(options, "propagationPolicy");
        var causes = new Causes();
        if (!policy.isEmpty() && options.has("orphanDependents")) {
            causes.invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set");
        } else if (!policy.isEmpty() && !POLICIES.contains(policy)) {
            causes.notSupported("propagationPolicy", policy, POLICIES);
        }
        causes.throwIfAny("meta.k8s.io", "DeleteOptions", "");
    }

    /** Deletes one object as the options ask, and answers the body of the reply. */
    ObjectNode delete(Call call, ObjectNode object, JsonNode options) {
        var type = ResourceTypes.storedAs(call.type());
        Preconditions.requireOfDelete(type, object, options.path("preconditions"));
        var gone = delete(type, object, options, call.dryRun());
        var finished = !Json.has(gone, "metadata.deletionTimestamp");
        return finished && !SHOWN_WHEN_GONE.contains(type) ? Statuses.deleted(call.type(), object) : gone;
    }

    void deleteQuietly(ResourceType type, ObjectNode object) {
        if (store.get(type, Json.namespace(object), Json.name(object)) == object) {
            delete(type, object, Json.object().put("propagationPolicy", "Background"), false);
        }
    }

    private ObjectNode delete(ResourceType type, ObjectNode object, JsonNode options, boolean dryRun) {
        var updated = object.deepCopy();
        var meta = Json.meta(updated);
        finalizers(meta, propagation(options));
        var grace = grace(type, object, options);
        var held = !meta.path("finalizers").isEmpty();
        if (held || grace > 0 || type == ResourceTypes.PODS) {
            mark(meta, grace);
        }
        if (!held && grace == 0) {
            if (!dryRun) {
                store.remove(type, updated);
            }
            return updated;
        }
        return dryRun || updated.equals(object) ? updated : store.put(type, updated);
    }

    /** Sets or shortens the time of deletion. */
    private void mark(ObjectNode meta, long grace) {
        var already = meta.hasNonNull("deletionTimestamp");
        var before = meta.path("deletionGracePeriodSeconds").asLong();
        if (already && before <= grace) {
            return;
        }
        var from = already
                ? Instant.parse(meta.path("deletionTimestamp").asText()).minusSeconds(before)
                : Instant.parse(metadata.now());
        meta.put("deletionTimestamp", Metadata.time(from.plusSeconds(grace)));
        meta.put("deletionGracePeriodSeconds", grace);
        if (meta.has("generation") && !already) {
            meta.put("generation", meta.path("generation").asLong() + 1);
        }
    }

    private static long grace(ResourceType type, ObjectNode object, JsonNode options) {
        if (type != ResourceTypes.PODS) {
            return 0;
        }
        if (Json.text(object, "spec.nodeName").isEmpty() || ENDED.contains(Json.text(object, "status.phase"))) {
            return 0;
        }
        var asked = options.hasNonNull("gracePeriodSeconds")
                ? OptionalLong.of(options.get("gracePeriodSeconds").asLong())
                : OptionalLong.empty();
        return Math.max(
                0,
                asked.orElse(
                        Json.at(object, "spec.terminationGracePeriodSeconds").asLong(30)));
    }

    private static String propagation(JsonNode options) {
        if (options.hasNonNull("orphanDependents")) {
            return options.get("orphanDependents").asBoolean() ? "Orphan" : "Background";
        }
        return options.path("propagationPolicy").asText("");
    }

    private static void finalizers(ObjectNode meta, String propagation) {
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
}
