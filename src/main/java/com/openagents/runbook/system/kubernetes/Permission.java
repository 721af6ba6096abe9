package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * A permission in a namespace.
 *
 * @param group the API group, empty for the core
 * @param resource in the plural, with its subresource behind a slash if it is about one
 */
public record Permission(String verb, String group, String resource) implements Comparable<Permission> {
    private static final Map<String, String> GROUPS = Map.of(
            "statefulsets", "apps",
            "controllerrevisions", "apps",
            "jobs", "batch",
            "leases", "coordination.k8s.io",
            "poddisruptionbudgets", "policy",
            "horizontalpodautoscalers", "autoscaling",
            "endpointslices", "discovery.k8s.io",
            "networkpolicies", "networking.k8s.io");

    /** @param words verb and resource, for example {@code create pods/eviction} */
    public static Permission of(String words) {
        var parts = words.split(" ");
        if (parts.length != 2) {
            throw new IllegalArgumentException("not a verb and a resource: " + words);
        }
        return new Permission(parts[0], GROUPS.getOrDefault(parts[1], ""), parts[1]);
    }

    /** Whether whoever the client is has it; asks the API server. */
    public boolean isGranted(KubernetesClient client, String namespace) {
        var parts = resource.split("/");
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : null)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }

    public String words() {
        return verb + " " + resource;
    }

    @Override
    public int compareTo(Permission other) {
        int byResource = resource.compareTo(other.resource);
        return byResource == 0 ? verb.compareTo(other.verb) : byResource;
    }
}
