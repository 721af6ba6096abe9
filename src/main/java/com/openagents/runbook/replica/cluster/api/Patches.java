package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.io.IOException;

/** The patch types that change an object without knowing its managers. */
final class Patches {

    static final String JSON = "application/json-patch+json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";

    private Patches() {}

    /** The object with the patch of the call applied; the object itself stays as it is. */
    static ObjectNode apply(Call call, ObjectNode object, Schema.Type type) {
        return switch (call.contentType()) {
            case JSON -> jsonPatch(call, object);
            case MERGE -> merge(object.deepCopy(), patchObject(call));
            case STRATEGIC -> StrategicMerge.apply(object, patchObject(call), type);
            default -> throw unsupported();
        };
    }

    private static ApiError unsupported() {
        var status = Statuses.failure(415, "UnsupportedMediaType", "415: Unsupported Media Type");
        status.putObject("details");
        return new ApiError(status);
    }

    /** The configuration of a server-side apply. */
    static ObjectNode applied(Call call) {
        var config = Decoder.applied(call);
        if (config.path("metadata").has("managedFields")) {
            throw Statuses.badRequest("metadata.managedFields must be nil");
        }
        return config;
    }

    private static JsonNode document(Call call) {
        try {
            return Json.MAPPER.readTree(call.body());
        } catch (JsonParseException e) {
            throw Statuses.badRequest("error decoding patch: " + GoJson.problem(e, call.body()));
        } catch (IOException e) {
            throw Statuses.badRequest("error decoding patch: " + e.getMessage());
        }
    }

    private static ObjectNode patchObject(Call call) {
        if (document(call) instanceof ObjectNode patch) {
            return patch;
        }
        throw Statuses.badRequest(
                "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");
    }

    private static ObjectNode jsonPatch(Call call, ObjectNode object) {
        var patch = document(call);
        if (!patch.isArray()) {
            throw Statuses.badRequest(
                    "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
        }
        try {
            JsonNode patched = object.deepCopy();
            for (var operation : patch) {
                requireTarget(operation, patched);
                patched = JsonPatch.apply(Json.array().add(operation), patched);
            }
            return (ObjectNode) patched;
        } catch (JsonPatchException e) {
            var status =
                    Statuses.failure(422, "Invalid", "the server rejected our request due to an error in our request");
            status.putObject("details");
            throw new ApiError(status);
        }
    }

    /** What is taken away or replaced must be there; the library is more lenient. */
    private static void requireTarget(JsonNode operation, JsonNode object) {
        var kind = Json.text(operation, "op");
        if ((kind.equals("remove") || kind.equals("replace"))
                && object.at(Json.text(operation, "path")).isMissingNode()) {
            throw new JsonPatchException("nothing at " + Json.text(operation, "path"));
        }
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        for (var entry : patch.properties()) {
            var name = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode nested) {
                var there = target.get(name) instanceof ObjectNode object ? object : Json.object();
                target.set(name, merge(there, nested));
            } else {
                target.set(name, value.deepCopy());
            }
        }
        return target;
    }
}
