package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The refusals a Kubernetes API server gives, with its words. */
final class Statuses {

    private Statuses() {}

    static ObjectNode failure(int code, String reason, String message) {
        var status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        return status.put("code", code);
    }

    /** What a delete answers when the object is gone at once. */
    static ObjectNode deleted(ResourceType type, ObjectNode object) {
        var status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        details(status, type, Json.name(object)).put("uid", Json.text(object, "metadata.uid"));
        return status;
    }

    private static ObjectNode details(ObjectNode status, ResourceType type, String name) {
        var details = status.putObject("details");
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return details.put("kind", type.plural());
    }

    static ApiError notFound(ResourceType type, String name) {
        var status = failure(404, "NotFound", "%s \"%s\" not found".formatted(type.qualified(), name));
        details(status, type, name);
        return new ApiError(status);
    }

    static ApiError unknownResource() {
        var status = failure(404, "NotFound", "the server could not find the requested resource");
        status.putObject("details");
        return new ApiError(status);
    }

    static ApiError alreadyExists(ResourceType type, String name) {
        var status = failure(409, "AlreadyExists", "%s \"%s\" already exists".formatted(type.qualified(), name));
        details(status, type, name);
        return new ApiError(status);
    }

    static ApiError conflict(ResourceType type, String name, String why) {
        var status = failure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.qualified(), name, why));
        details(status, type, name);
        return new ApiError(status);
    }

    static ApiError stale(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiError forbidden(ResourceType type, String name, String why) {
        var subject = name.isEmpty() ? type.qualified() : "%s \"%s\"".formatted(type.qualified(), name);
        var status = failure(403, "Forbidden", "%s is forbidden: %s".formatted(subject, why));
        details(status, type, name);
        return new ApiError(status);
    }

    /** What a user who lacks a permission is told. */
    static ApiError forbiddenTo(User user, String verb, RequestInfo info) {
        var qualified = info.group().isEmpty() ? info.resource() : info.resource() + "." + info.group();
        var resource = info.subresource().isEmpty() ? info.resource() : info.resource() + "/" + info.subresource();
        var where =
                info.namespace().isEmpty() ? "at the cluster scope" : "in the namespace \"" + info.namespace() + '"';
        var subject = info.name().isEmpty() ? qualified : "%s \"%s\"".formatted(qualified, info.name());
        var status = failure(
                403,
                "Forbidden",
                "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                        .formatted(subject, user.name(), verb, resource, info.group(), where));
        var details = status.putObject("details");
        if (!info.name().isEmpty()) {
            details.put("name", info.name());
        }
        if (!info.group().isEmpty()) {
            details.put("group", info.group());
        }
        details.put("kind", info.resource());
        return new ApiError(status);
    }

    /** What a create answers that makes no object of its own. */
    static ObjectNode created() {
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success").put("code", 201);
    }

    static ApiError badRequest(String message) {
        return new ApiError(failure(400, "BadRequest", message));
    }

    static ApiError unauthorized() {
        return new ApiError(failure(401, "Unauthorized", "Unauthorized"));
    }

    static ApiError methodNotAllowed() {
        var status =
                failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        status.putObject("details");
        return new ApiError(status);
    }

    static ApiError unsupportedMediaType(String accepted) {
        return new ApiError(failure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted));
    }

    static ApiError notAcceptable(String accepted) {
        var status = failure(406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: " + accepted);
        status.putObject("details");
        return new ApiError(status);
    }

    static ApiError expired(String message) {
        return new ApiError(failure(410, "Expired", message));
    }
}
