package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Tells clients which kinds are served. */
final class Discovery {

    private static final List<String> READ_WRITE = List.of("get", "patch", "update");
    private static final Map<String, SubKind> SUB_KINDS = Map.of(
            "scale", new SubKind("autoscaling", "v1", "Scale", READ_WRITE),
            "eviction", new SubKind("policy", "v1", "Eviction", List.of("create")),
            "binding", new SubKind("", "", "Binding", List.of("create")),
            "token", new SubKind("authentication.k8s.io", "v1", "TokenRequest", List.of("create")),
            "log", new SubKind("", "", "", List.of("get")),
            "finalize", new SubKind("", "", "", List.of("update")));

    /** @param kind empty when it is the kind of the resource itself */
    private record SubKind(String group, String version, String kind, List<String> verbs) {}

    private Discovery() {}

    static ObjectNode versions(String address) {
        var answer = Json.object().put("kind", "APIVersions");
        answer.putArray("versions").add("v1");
        answer.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", address);
        return answer;
    }

    static ObjectNode groups() {
        var answer = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = answer.putArray("groups");
        ResourceTypes.groups().forEach(name -> groups.add(groupBody(name)));
        return answer;
    }

    static ObjectNode group(String name) {
        var answer = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
        answer.setAll(groupBody(name));
        return answer;
    }

    private static ObjectNode groupBody(String name) {
        var version = version(name);
        var body = Json.object().put("name", name);
        body.putArray("versions").add(groupVersion(name, version));
        body.set("preferredVersion", groupVersion(name, version));
        return body;
    }

    private static ObjectNode groupVersion(String group, String version) {
        return Json.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    private static String version(String group) {
        return of(group).get(0).version();
    }

    private static List<ResourceType> of(String group) {
        return ResourceTypes.all().stream()
                .filter(type -> type.group().equals(group))
                .toList();
    }

    static ObjectNode resources(String group, String version) {
        var answer = Json.object().put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            answer.put("apiVersion", "v1");
        }
        answer.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        var resources = answer.putArray("resources");
        for (var type : of(group)) {
            resources.add(resource(type));
            type.subresources().forEach(sub -> resources.add(subresource(type, sub)));
        }
        return answer;
    }

    private static ObjectNode resource(ResourceType type) {
        var resource = Json.object()
                .put("name", type.plural())
                .put("singularName", type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        words(resource.putArray("verbs"), type.verbs());
        if (!type.shortNames().isEmpty()) {
            words(resource.putArray("shortNames"), type.shortNames());
        }
        if (!type.categories().isEmpty()) {
            words(resource.putArray("categories"), type.categories());
        }
        return resource;
    }

    private static ObjectNode subresource(ResourceType type, String name) {
        var sub = SUB_KINDS.getOrDefault(name, new SubKind("", "", "", READ_WRITE));
        var resource = Json.object()
                .put("name", type.plural() + "/" + name)
                .put("singularName", "")
                .put("namespaced", type.namespaced());
        if (!sub.version().isEmpty()) {
            resource.put("group", sub.group()).put("version", sub.version());
        }
        resource.put("kind", sub.kind().isEmpty() ? type.kind() : sub.kind());
        words(resource.putArray("verbs"), sub.verbs());
        return resource;
    }

    /** All groups of one root in one document, the form newer clients ask for first. */
    static ObjectNode aggregated(boolean core) {
        var answer = Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        answer.putObject("metadata");
        var items = answer.putArray("items");
        var groups = core ? List.of("") : List.copyOf(ResourceTypes.groups());
        for (var group : groups) {
            var item = items.addObject();
            var meta = item.putObject("metadata");
            if (!group.isEmpty()) {
                meta.put("name", group);
            }
            var version = item.putArray("versions").addObject().put("version", version(group));
            var resources = version.putArray("resources");
            of(group).forEach(type -> resources.add(aggregatedResource(type)));
            version.put("freshness", "Current");
        }
        return answer;
    }

    private static ObjectNode aggregatedResource(ResourceType type) {
        var resource = Json.object().put("resource", type.plural());
        resource.set("responseKind", kind("", "", type.kind()));
        resource.put("scope", type.namespaced() ? "Namespaced" : "Cluster").put("singularResource", type.singular());
        words(resource.putArray("verbs"), type.verbs());
        if (!type.shortNames().isEmpty()) {
            words(resource.putArray("shortNames"), type.shortNames());
        }
        if (!type.categories().isEmpty()) {
            words(resource.putArray("categories"), type.categories());
        }
        for (var name : type.subresources()) {
            var sub = SUB_KINDS.getOrDefault(name, new SubKind("", "", "", READ_WRITE));
            var node = resource.withArray("/subresources").addObject().put("subresource", name);
            node.set(
                    "responseKind",
                    sub.kind().isEmpty() ? kind("", "", type.kind()) : kind(sub.group(), sub.version(), sub.kind()));
            words(node.putArray("verbs"), sub.verbs());
        }
        return resource;
    }

    private static ObjectNode kind(String group, String version, String kind) {
        return Json.object().put("group", group).put("version", version).put("kind", kind);
    }

    private static void words(ArrayNode array, List<String> words) {
        words.forEach(array::add);
    }
}
