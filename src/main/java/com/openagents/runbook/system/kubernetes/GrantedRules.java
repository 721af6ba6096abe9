package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/**
 * What the API server says at once that we may do in a namespace. It need not be all: who else than roles grants something is
 * not among the rules, so what they do not cover has to be asked for by itself.
 */
public final class GrantedRules {
    private static final String ALL = "*";

    private final List<ResourceRule> rules;

    private GrantedRules(List<ResourceRule> rules) {
        this.rules = rules;
    }

    /** Where nothing is known. */
    public static GrantedRules none() {
        return new GrantedRules(List.of());
    }

    /** @throws KubernetesClientException if the server refuses or does not answer */
    public static GrantedRules ask(KubernetesClient client, String namespace) {
        var review = new SelfSubjectRulesReviewBuilder()
                .withNewSpec()
                .withNamespace(namespace)
                .endSpec()
                .build();
        return new GrantedRules(client.resource(review).create().getStatus().getResourceRules());
    }

    /** Whether they grant the permission for objects of whatever name. */
    public boolean cover(Permission permission) {
        return rules.stream()
                .filter(rule -> rule.getResourceNames().isEmpty())
                .anyMatch(rule -> has(rule.getVerbs(), permission.verb())
                        && has(rule.getApiGroups(), permission.group())
                        && coversResource(rule, permission.resource()));
    }

    private static boolean coversResource(ResourceRule rule, String resource) {
        int slash = resource.indexOf('/');
        return has(rule.getResources(), resource)
                || slash >= 0 && rule.getResources().contains(ALL + resource.substring(slash));
    }

    private static boolean has(List<String> granted, String word) {
        return granted.contains(ALL) || granted.contains(word);
    }
}
