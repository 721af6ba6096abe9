package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * As much of the OpenAPI description as kubectl asks for before it writes: which kinds there are, and that the server
 * itself checks fields and can run a request dry. The fields are not described.
 */
final class OpenApi {

    private static final String ROOT = "/openapi/v3";

    private OpenApi() {}

    static Optional<ObjectNode> at(String path) {
        if (path.equals(ROOT) || path.equals(ROOT + "/")) {
            return Optional.of(index());
        }
        var root = path.substring(ROOT.length());
        return root.startsWith("/api") && roots().contains(root.substring(1))
                ? Optional.of(document(root))
                : Optional.empty();
    }

    private static TreeSet<String> roots() {
        var roots = new TreeSet<String>();
        ResourceTypes.all().forEach(type -> roots.add(root(type)));
        return roots;
    }

    private static String root(ResourceType type) {
        return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
    }

    private static ObjectNode index() {
        var index = Json.object();
        var paths = index.putObject("paths");
        roots().forEach(root -> paths.putObject(root).put("serverRelativeURL", ROOT + "/" + root));
        return index;
    }

    private static ObjectNode document(String root) {
        var document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1");
        var paths = document.putObject("paths");
        for (var type : ResourceTypes.all()) {
            if (root.equals("/" + root(type))) {
                var within = type.namespaced() ? "/namespaces/{namespace}/" : "/";
                var collection = root + within + type.plural();
                operation(paths, collection, "post", type);
                operation(paths, collection + "/{name}", "put", type);
                operation(paths, collection + "/{name}", "patch", type);
            }
        }
        return document;
    }

    private static void operation(ObjectNode paths, String path, String method, ResourceType type) {
        var operation = Json.child(paths, path).putObject(method);
        operation.put("operationId", method + type.kind() + type.version().toUpperCase(Locale.ROOT));
        var parameters = operation.putArray("parameters");
        for (var name : new String[] {"dryRun", "fieldManager", "fieldValidation"}) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", "string");
        }
        operation.putObject("responses").putObject("200").put("description", "OK");
        operation
                .putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
    }
}
