package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the object a caller sends. */
final class Decoder {

    private static final List<String> VALIDATIONS = List.of("", "Ignore", "Strict", "Warn");

    private Decoder() {}

    /** The object in the body, cleaned of what its kind does not have. */
    static ObjectNode object(Call call, ResourceType type) {
        return object(call, type.apiVersion(), type.kind());
    }

    static ObjectNode object(Call call, String apiVersion, String kind) {
        requireValidation(call);
        if (!(call.json(kind) instanceof ObjectNode object)) {
            throw Statuses.badRequest("the body of the request is not an object");
        }
        var sentKind = object.path("kind").asText(kind);
        var sentVersion = object.path("apiVersion").asText(apiVersion);
        if (!sentKind.equals(kind) || !sentVersion.equals(apiVersion)) {
            var version = sentVersion.substring(sentVersion.indexOf('/') + 1);
            throw Statuses.badRequest(
                    "%s in version \"%s\" cannot be handled as a %s: converting (%s.%s) to (%s.%s): unknown conversion"
                            .formatted(sentKind, version, kind, version, sentKind, internalPackage(apiVersion), kind));
        }
        object.put("kind", kind).put("apiVersion", apiVersion);
        return clean(call, object, apiVersion, kind);
    }

    /** The configuration a server-side apply sends, as YAML or JSON; nothing is filled in. */
    static ObjectNode applied(Call call) {
        requireValidation(call);
        var type = call.type();
        if (!(call.json(type.kind()) instanceof ObjectNode object)) {
            throw Statuses.badRequest("the body of the request is not an object");
        }
        var kind = object.path("kind").asText();
        var version = object.path("apiVersion").asText();
        if (!kind.equals(type.kind()) || !version.equals(type.apiVersion())) {
            var shown = version.contains("/") ? version : "/" + version;
            throw Statuses.badRequest("invalid object type: %s, Kind=%s".formatted(shown, kind));
        }
        return clean(call, object, type.apiVersion(), type.kind());
    }

    private static String internalPackage(String apiVersion) {
        var cut = apiVersion.indexOf('/');
        return cut < 0 ? "core" : apiVersion.substring(0, cut).split("\\.")[0];
    }

    private static ObjectNode clean(Call call, ObjectNode object, String apiVersion, String kind) {
        var check = new SchemaCheck();
        var prefix = "%s in version \"%s\" cannot be handled as a %s: "
                .formatted(kind, apiVersion.substring(apiVersion.indexOf('/') + 1), kind);
        ObjectNode clean;
        try {
            clean = check.clean(object, Schema.kind(apiVersion + "/" + kind));
        } catch (SchemaCheck.WrongType wrong) {
            throw Statuses.badRequest(prefix + wrong.getMessage());
        }
        var problems = unknownFields(check);
        if (!problems.isEmpty() && call.param("fieldValidation").equals("Strict")) {
            throw Statuses.badRequest(prefix + "strict decoding error: " + String.join(", ", problems));
        }
        warn(call, problems);
        return clean;
    }

    /** Checks an object that came out of a patch; what is wrong with it is wrong with the patch. */
    static ObjectNode patched(Call call, ObjectNode object) {
        requireValidation(call);
        var check = new SchemaCheck();
        try {
            var clean = check.clean(object, Schema.of(call.type()));
            var problems = unknownFields(check);
            if (!problems.isEmpty() && call.param("fieldValidation").equals("Strict")) {
                throw wrongPatch(object, "strict decoding error: " + String.join(", ", problems));
            }
            warn(call, problems);
            return clean;
        } catch (SchemaCheck.WrongType wrong) {
            throw wrongPatch(object, wrong.getMessage());
        }
    }

    private static ApiError wrongPatch(ObjectNode object, String why) {
        var causes = new Causes();
        causes.invalid("patch", object.toString(), why);
        return causes.refusal("", "", "");
    }

    private static List<String> unknownFields(SchemaCheck check) {
        return check.unknown().stream()
                .map(path -> "unknown field \"" + path + '"')
                .collect(Collectors.toList());
    }

    private static void warn(Call call, List<String> problems) {
        if (!call.param("fieldValidation").equals("Ignore")) {
            problems.forEach(problem -> call.request()
                    .response()
                    .headers()
                    .add("Warning", "299 - \"" + problem.replace("\"", "\\\"") + '"'));
        }
    }

    private static void requireValidation(Call call) {
        var asked = call.param("fieldValidation");
        if (!VALIDATIONS.contains(asked)) {
            var causes = new Causes();
            causes.notSupported("fieldValidation", asked, VALIDATIONS);
            throw causes.refusal("meta.k8s.io", call.optionsKind(), "");
        }
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

    static void requireNamed(Call call, JsonNode object) {
        var own = Json.name(object);
        if (own.isEmpty()) {
            Json.meta((ObjectNode) object).put("name", call.info().name());
        } else if (!own.equals(call.info().name())) {
            throw Statuses.badRequest("the name of the object (%s) does not match the name on the URL (%s)"
                    .formatted(own, call.info().name()));
        }
    }
}
