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
    private final Rules rulebook;

    Writer(Store store, Reader reader, Shapes shapes, Metadata metadata, Admission admission, Rules rulebook) {
        this.store = store;
        this.reader = reader;
        this.shapes = shapes;
        this.metadata = metadata;
        this.admission = admission;
        this.rulebook = rulebook;
    }

    void create(Call call) {
        var object = Decoder.object(call, call.type());
        call.reply(201, shapes.one(call, create(call, object, "Update")));
    }

    /** Makes an object and answers what is stored. */
    ObjectNode create(Call call, ObjectNode sent, String operation) {
        call.requireDryRun();
        var type = ResourceTypes.storedAs(call.type());
        var object = call.type() == ResourceTypes.NEW_EVENTS ? EventConversion.toCore(sent) : sent;
        if (Json.has(object, "metadata.resourceVersion")
                && !Json.text(object, "metadata.resourceVersion").isEmpty()) {
            throw new ApiError(Statuses.failure(500, "", "resourceVersion should not be set on objects to be created"));
        }
        Decoder.placeInNamespace(call, object);
        var applied = object.deepCopy();
        var rules = rulebook.of(type);
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
        var writer = new ManagedFields.Writer(call.manager(), operation, "");
        var owned = operation.equals("Apply") ? applied : object;
        ManagedFields.record(owned, null, Schema.of(type), writer, metadata.now());
        if (owned != object && owned.path("metadata").has("managedFields")) {
            Json.meta(object).set("managedFields", owned.path("metadata").get("managedFields"));
        }
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
        call.reply(200, shapes.one(call, change(call, old, object)));
    }

    void patch(Call call) {
        if (call.contentType().equals(Patches.APPLY)) {
            apply(call);
            return;
        }
        requireNoForce(call);
        var old = reader.find(call);
        var patched = Patches.apply(call, old, Schema.of(call.type()));
        Decoder.requireNamed(call, patched);
        call.reply(200, shapes.one(call, change(call, old, Decoder.patched(call, patched))));
    }

    private static void requireNoForce(Call call) {
        if (!call.param("force").isEmpty()) {
            var causes = new Causes();
            causes.forbidden("force", "may not be specified for non-apply patch");
            throw causes.refusal("meta.k8s.io", "PatchOptions", "");
        }
    }

    private void apply(Call call) {
        if (call.param("fieldManager").isEmpty()) {
            var causes = new Causes();
            causes.required("fieldManager", "is required for apply patch");
            throw causes.refusal("meta.k8s.io", "PatchOptions", "");
        }
        var config = Patches.applied(call);
        Decoder.requireNamed(call, config);
        var type = ResourceTypes.storedAs(call.type());
        var live = store.get(type, call.info().namespace(), call.info().name());
        if (live == null) {
            call.reply(201, shapes.one(call, create(call, config, "Apply")));
            return;
        }
        Decoder.placeInNamespace(call, config);
        var writer =
                new ManagedFields.Writer(call.manager(), "Apply", call.info().subresource());
        var merged = new Apply(Schema.of(type), live, writer).apply(config, call.flag("force"), metadata.now());
        call.reply(200, shapes.one(call, store(call, live, prepared(call, live, merged))));
    }

    /** Stores a changed object, or its status alone when the call is for the status, and answers what is stored now. */
    ObjectNode change(Call call, ObjectNode old, ObjectNode sent) {
        var updated = prepared(call, old, sent);
        if (withoutVersion(updated).equals(withoutVersion(old))) {
            return old;
        }
        var type = ResourceTypes.storedAs(call.type());
        var writer =
                new ManagedFields.Writer(call.manager(), "Update", call.info().subresource());
        ManagedFields.record(updated, old, Schema.of(type), writer, metadata.now());
        return store(call, old, updated);
    }

    private ObjectNode store(Call call, ObjectNode old, ObjectNode updated) {
        if (call.dryRun() || updated.equals(old)) {
            return updated;
        }
        var type = ResourceTypes.storedAs(call.type());
        return finished(updated) ? store.remove(type, updated) : store.put(type, updated);
    }

    /** The changed object as it may be stored: defaults filled in, server-owned parts kept, valid. */
    private ObjectNode prepared(Call call, ObjectNode old, ObjectNode sent) {
        call.requireDryRun();
        var type = ResourceTypes.storedAs(call.type());
        var rules = rulebook.of(type);
        var updated = sent.deepCopy();
        updated.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        Preconditions.requireFresh(call, old, updated, rules.needsVersion());
        keepOtherHalf(type, call.info().subresource(), updated, old);
        rules.setDefaults(updated);
        Metadata.onUpdate(updated, old, rules.countsGenerations());
        rules.prepareUpdate(updated, old);
        var causes = new Causes();
        Names.validateMetadataUpdate(updated, old, causes);
        if (call.info().subresource().isEmpty()) {
            rules.validate(updated, causes);
            rules.validateUpdate(updated, old, causes);
        } else {
            rules.validateStatus(updated, old, causes);
        }
        causes.throwIfAny(type.group(), type.kind(), Json.name(old));
        return updated;
    }

    /** An object that was only held by its last finalizer goes when that goes. */
    private static boolean finished(ObjectNode object) {
        return Json.has(object, "metadata.deletionTimestamp")
                && Json.at(object, "metadata.finalizers").isEmpty()
                && Json.at(object, "metadata.deletionGracePeriodSeconds").asLong() == 0;
    }

    /** A write of the status leaves the rest as it was, and the other way round. */
    private static void keepOtherHalf(ResourceType type, String subresource, ObjectNode updated, ObjectNode old) {
        if (!type.hasStatus()) {
            return;
        }
        if (subresource.isEmpty()) {
            keep("status", updated, old);
        } else {
            keep("spec", updated, old);
        }
    }

    private static void keep(String field, ObjectNode updated, ObjectNode old) {
        if (old.has(field)) {
            updated.set(field, old.get(field).deepCopy());
        } else {
            updated.remove(field);
        }
    }

    private static ObjectNode withoutVersion(ObjectNode object) {
        var copy = object.deepCopy();
        Json.meta(copy).remove(List.of("resourceVersion", "managedFields"));
        return copy;
    }
}
