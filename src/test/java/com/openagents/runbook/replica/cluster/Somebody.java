package com.openagents.runbook.replica.cluster;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** A user who may do in a namespace what its administrator grants, and nothing more. */
public record Somebody(KubernetesClient admin, String namespace) {
    public static final String ROLES = "rbac.authorization.k8s.io";

    public String name() {
        return "somebody-of-" + namespace;
    }

    public void may(PolicyRule... rules) {
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(name())
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name())
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef(ROLES, "Role", name())
                        .addNewSubject(ROLES, "User", name(), null)
                        .build())
                .create();
    }

    /** Acts as this user, who is in that group. */
    public KubernetesClient client(String group) {
        var config = new ConfigBuilder(admin.getConfiguration())
                .withImpersonateUsername(name())
                .withImpersonateGroups(group)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
