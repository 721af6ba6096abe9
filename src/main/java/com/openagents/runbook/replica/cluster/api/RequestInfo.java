package com.openagents.runbook.replica.cluster.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a path below {@code /api} or {@code /apis} asks for; empty strings where the path names nothing. */
record RequestInfo(
        String verb, String group, String version, String namespace, String resource, String name, String subresource) {

    static Optional<RequestInfo> parse(String method, String path, boolean watch) {
        var parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        if (parts.size() >= 3 && parts.get(0).equals("api")) {
            return Optional.of(of(method, watch, "", parts.get(1), parts.subList(2, parts.size())));
        }
        if (parts.size() >= 4 && parts.get(0).equals("apis")) {
            return Optional.of(of(method, watch, parts.get(1), parts.get(2), parts.subList(3, parts.size())));
        }
        return Optional.empty();
    }

    private static RequestInfo of(String method, boolean watch, String group, String version, List<String> rest) {
        var namespace = "";
        var parts = rest;
        if (rest.get(0).equals("namespaces") && rest.size() > 1) {
            namespace = rest.get(1);
            var ofTheNamespaceItself =
                    rest.size() == 2 || List.of("status", "finalize").contains(rest.get(2));
            parts = ofTheNamespaceItself ? rest : rest.subList(2, rest.size());
        }
        var name = parts.size() > 1 ? parts.get(1) : "";
        var subresource = parts.size() > 2 ? String.join("/", parts.subList(2, parts.size())) : "";
        return new RequestInfo(verb(method, name, watch), group, version, namespace, parts.get(0), name, subresource);
    }

    private static String verb(String method, String name, boolean watch) {
        return switch (method) {
            case "GET", "HEAD" -> !name.isEmpty() ? "get" : watch ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> "";
        };
    }

    Optional<ResourceType> type() {
        return ResourceTypes.find(group, version, resource);
    }
}
