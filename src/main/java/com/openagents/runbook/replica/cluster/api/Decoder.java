package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads the object a caller sends. */
final class Decoder {

    private Decoder() {}

    static ObjectNode object(Call call, ResourceType type) {
        if (!(call.json() instanceof ObjectNode object)) {
            throw Statuses.badRequest("the body of the request is not an object");
        }
        var kind = object.path("kind").asText(type.kind());
        var version = object.path("apiVersion").asText(type.apiVersion());
        if (!kind.equals(type.kind()) || !version.equals(type.apiVersion())) {
            throw Statuses.badRequest(
                    "the object provided is unrecognized (must be of type %s): couldn't get version/kind; json parse error"
                            .formatted(type.kind()));
        }
        object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        return object;
    }

    static void placeInNamespace(Call call, ObjectNode object) {
        var meta = Json.meta(object);
        if (!call.type().namespaced()) {
            meta.remove("namespace");
            return;
        }
        var own = meta.path("namespace").asText("");
        var asked = call.info().namespace();
        if (!own.isEmpty() && !own.equals(asked)) {
            throw Statuses.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        meta.put("namespace", asked);
    }

    static void requireNamed(Call call, ObjectNode object) {
        var own = Json.name(object);
        if (own.isEmpty()) {
            Json.meta(object).put("name", call.info().name());
        } else if (!own.equals(call.info().name())) {
            throw Statuses.badRequest("the name of the object (%s) does not match the name on the URL (%s)"
                    .formatted(own, call.info().name()));
        }
    }
}
