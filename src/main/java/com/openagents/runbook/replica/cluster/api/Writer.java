package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Create, update and patch. */
final class Writer {

    private final Store store;
    private final Reader reader;
    private final Shapes shapes;
    private final Metadata metadata;
    private final Admission admission;

    Writer(Store store, Reader reader, Shapes shapes, Metadata metadata, Admission admission) {
        this.store = store;
        this.reader = reader;
        this.shapes = shapes;
        this.metadata = metadata;
        this.admission = admission;
    }

    void create(Call call) {
        call.reply(201, shapes.one(call, create(call, Decoder.object(call, call.type()), "Update")));
    }

    ObjectNode create(Call call, ObjectNode sent, String operation) {
        var type = ResourceTypes.storedAs(call.type());
        var object = call.type() == ResourceTypes.NEW_EVENTS ? EventConversion.toCore(sent) : sent;
        Decoder.placeInNamespace(call, object);
        var rules = Rules.of(type);
        rules.setDefaults(object);
        admission.beforeCreate(call, object);
        if (type.hasStatus()) {
            object.putObject("status");
        }
        metadata.onCreate(object, rules.countsGenerations());
        rules.prepareCreate(object);
        var causes = new Causes();
        Names.validateMetadata(type, object, causes);
        rules.validate(object, causes);
        causes.throwIfAny(type.group(), type.kind(), Json.name(object));
        if (store.get(type, Json.namespace(object), Json.name(object)) != null) {
            throw Statuses.alreadyExists(call.type(), Json.name(object));
        }
        admission.beforeStore(call, object);
        ManagedFields.record(object, null, call.manager(), operation, "", metadata.now());
        if (call.dryRun()) {
            return object;
        }
        var stored = store.put(type, object);
        admission.afterCreate(type, stored);
        return stored;
    }

    void update(Call call) {
        var sent = Decoder.object(call, call.type());
        Decoder.requireNamed(call, sent);
        Decoder.placeInNamespace(call, sent);
        var old = reader.find(call);
        var object = call.type() == ResourceTypes.NEW_EVENTS ? EventConversion.toCore(sent) : sent;
        call.reply(200, shapes.one(call, change(call, old, object, "Update")));
    }

    void patch(Call call) {
        if (call.contentType().equals(Patches.APPLY)) {
            throw Statuses.unsupportedMediaType(String.join(", ", Patches.JSON, Patches.MERGE, Patches.STRATEGIC));
        }
        var old = reader.find(call);
        var patched = Patches.apply(call, old, Schema.of(call.type()));
        Decoder.requireNamed(call, patched);
        call.reply(200, shapes.one(call, change(call, old, patched, "Update")));
    }

    /** Stores a changed object, or its status alone when the call is for the status, and answers what is stored now. */
    ObjectNode change(Call call, ObjectNode old, ObjectNode sent, String operation) {
        var type = ResourceTypes.storedAs(call.type());
        var rules = Rules.of(type);
        var updated = sent.deepCopy();
        updated.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        requireFresh(call, old, updated, rules);
        keepOtherHalf(type, call.info().subresource(), updated, old);
        rules.setDefaults(updated);
        Metadata.onUpdate(updated, old, rules.countsGenerations());
        rules.prepareUpdate(updated, old);
        var causes = new Causes();
        Names.validateMetadataUpdate(type, updated, old, causes);
        if (call.info().subresource().isEmpty()) {
            rules.validate(updated, causes);
            rules.validateUpdate(updated, old, causes);
        }
        causes.throwIfAny(type.group(), type.kind(), Json.name(old));
        if (sameButVersion(updated, old)) {
            return old;
        }
        ManagedFields.record(
                updated, old, call.manager(), operation, call.info().subresource(), metadata.now());
        if (call.dryRun()) {
            return updated;
        }
        return finished(updated) ? store.remove(type, updated) : store.put(type, updated);
    }

    /** An object that was only held by its last finalizer goes when that goes. */
    private static boolean finished(ObjectNode object) {
        return Json.has(object, "metadata.deletionTimestamp")
                && Json.at(object, "metadata.finalizers").isEmpty()
                && Json.at(object, "metadata.deletionGracePeriodSeconds").asLong() == 0;
    }

    private static void requireFresh(Call call, ObjectNode old, ObjectNode updated, KindRules rules) {
        var based = Json.text(updated, "metadata.resourceVersion");
        var uid = Json.text(updated, "metadata.uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(old, "metadata.uid"))) {
            throw Statuses.conflict(
                    call.type(),
                    Json.name(old),
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, Json.text(old, "metadata.uid")));
        }
        if (based.isEmpty() || based.equals("0")) {
            if (rules.needsVersion()) {
                var causes = new Causes();
                causes.invalid("metadata.resourceVersion", 0, "must be specified for an update");
                throw causes.invalid(call.type().group(), call.type().kind(), Json.name(old));
            }
        } else if (!based.equals(Json.text(old, "metadata.resourceVersion"))) {
            throw Statuses.stale(call.type(), Json.name(old));
        }
    }

    /** A write of the status leaves the rest as it was, and the other way round. */
    private static void keepOtherHalf(ResourceType type, String subresource, ObjectNode updated, ObjectNode old) {
        if (!type.hasStatus()) {
            return;
        }
        if (subresource.isEmpty()) {
            keep("status", updated, old);
            return;
        }
        for (var field : List.of("spec", "data")) {
            keep(field, updated, old);
        }
    }

    private static void keep(String field, ObjectNode updated, ObjectNode old) {
        if (old.has(field)) {
            updated.set(field, old.get(field));
        } else {
            updated.remove(field);
        }
    }

    private static boolean sameButVersion(ObjectNode updated, ObjectNode old) {
        return withoutVersion(updated).equals(withoutVersion(old));
    }

    private static ObjectNode withoutVersion(ObjectNode object) {
        var copy = object.deepCopy();
        Json.meta(copy).remove(List.of("resourceVersion", "managedFields"));
        return copy;
    }
}
