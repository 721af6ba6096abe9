package com.openagents.runbook.replica.cluster.api;

import java.util.List;

/** One kind of object the server serves, as discovery tells it. */
record ResourceType(
        String group,
        String version,
        String plural,
        String singular,
        String kind,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories,
        List<String> subresources,
        List<String> verbs) {

    private static final List<String> ALL_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    static ResourceType of(String group, String version, String plural, String kind) {
        var singular = kind.toLowerCase(java.util.Locale.ROOT);
        return new ResourceType(
                group, version, plural, singular, kind, true, List.of(), List.of(), List.of(), ALL_VERBS);
    }

    ResourceType clusterWide() {
        return new ResourceType(
                group, version, plural, singular, kind, false, shortNames, categories, subresources, verbs);
    }

    ResourceType shortName(String... names) {
        return new ResourceType(
                group, version, plural, singular, kind, namespaced, List.of(names), categories, subresources, verbs);
    }

    /** In the category {@code all}, so that {@code kubectl get all} lists it. */
    ResourceType inAll() {
        return new ResourceType(
                group, version, plural, singular, kind, namespaced, shortNames, List.of("all"), subresources, verbs);
    }

    ResourceType with(String... subresourceNames) {
        return new ResourceType(
                group,
                version,
                plural,
                singular,
                kind,
                namespaced,
                shortNames,
                categories,
                List.of(subresourceNames),
                verbs);
    }

    ResourceType only(String... verbNames) {
        return new ResourceType(
                group,
                version,
                plural,
                singular,
                kind,
                namespaced,
                shortNames,
                categories,
                subresources,
                List.of(verbNames));
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The name messages use: {@code pods}, {@code statefulsets.apps}. */
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Key of the kind in the schema: {@code apps/v1/StatefulSet}. */
    String schemaKey() {
        return apiVersion() + "/" + kind;
    }

    boolean hasStatus() {
        return subresources.contains("status");
    }
}
