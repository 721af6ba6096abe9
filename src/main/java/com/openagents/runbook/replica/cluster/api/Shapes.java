package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/** Turns stored objects into what the caller asked to see: objects, metadata only, or table rows. */
final class Shapes {

    private final Tables tables;

    Shapes(Tables tables) {
        this.tables = tables;
    }

    ObjectNode one(Call call, ObjectNode stored) {
        var object = view(call, stored);
        return switch (call.accept().form()) {
            case TABLE -> tables.of(call.type(), List.of(object), call.param("includeObject"), object.path("metadata"));
            case METADATA -> metadata(object);
            default -> object;
        };
    }

    ObjectNode list(Call call, List<ObjectNode> stored, ObjectNode listMeta) {
        var objects = stored.stream().map(object -> view(call, object)).toList();
        if (call.accept().form() == Accept.Form.TABLE) {
            return tables.of(call.type(), objects, call.param("includeObject"), listMeta);
        }
        var asMetadata = call.accept().form() == Accept.Form.METADATA;
        var list = Json.object();
        list.put("kind", asMetadata ? "PartialObjectMetadataList" : call.type().kind() + "List");
        list.put("apiVersion", asMetadata ? "meta.k8s.io/v1" : call.type().apiVersion());
        list.set("metadata", listMeta);
        ArrayNode items = list.putArray("items");
        UnaryOperator<ObjectNode> shape = asMetadata ? Shapes::metadata : Shapes::listed;
        objects.forEach(object -> items.add(shape.apply(object)));
        return list;
    }

    /** The shape of the events of one watch; only the first event of a table names its columns. */
    UnaryOperator<ObjectNode> watch(Call call) {
        if (call.accept().form() == Accept.Form.TABLE) {
            return tables.watch(call.type(), call.param("includeObject"), object -> view(call, object));
        }
        return object -> one(call, object);
    }

    private static ObjectNode view(Call call, ObjectNode stored) {
        return call.type() == ResourceTypes.NEW_EVENTS ? EventConversion.toNew(stored) : stored;
    }

    /** A real server leaves kind and version out of the items of a list. */
    private static ObjectNode listed(ObjectNode object) {
        var copy = Json.object();
        object.properties().stream()
                .filter(entry ->
                        !entry.getKey().equals("kind") && !entry.getKey().equals("apiVersion"))
                .forEach(entry -> copy.set(entry.getKey(), entry.getValue()));
        return copy;
    }

    static ObjectNode metadata(ObjectNode object) {
        var partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
