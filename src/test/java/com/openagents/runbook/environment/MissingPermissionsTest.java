package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.kubernetes.Silence;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class MissingPermissionsTest {
    private static final Set<Right> RIGHTS = EnumSet.of(Right.PODS, Right.BUDGET);
    private static final String ROLES = "rbac.authorization.k8s.io";

    private KubernetesClient admin;
    private String namespace;
    private String somebody;

    @BeforeEach
    void mayListPods(Lab lab) {
        admin = lab.cluster().client();
        namespace = lab.newNamespace();
        somebody = "somebody-of-" + namespace;
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("pods")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("pods")
                        .withVerbs("list")
                        .endRule()
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("pods")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef(ROLES, "Role", "pods")
                        .addNewSubject(ROLES, "User", somebody, null)
                        .build())
                .create();
    }

    @Test
    void what_is_not_granted_is_missing() {
        assertThat(missing("system:authenticated"))
                .containsExactlyInAnyOrder("list events", "get poddisruptionbudgets");
    }

    @Test
    void who_may_not_ask_for_all_asks_for_each() {
        mayCreate("selfsubjectaccessreviews");

        assertThat(missing("system:unauthenticated"))
                .containsExactlyInAnyOrder("list events", "get poddisruptionbudgets");
    }

    @Test
    void who_may_ask_nothing_is_told_when_it_is_used() {
        assertThat(missing("system:unauthenticated")).isEmpty();
    }

    /** @param group what is not authenticated may by default not ask what it may do */
    private Set<String> missing(String group) {
        var config = new ConfigBuilder(admin.getConfiguration())
                .withImpersonateUsername(somebody)
                .withImpersonateGroups(group)
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            return new MissingPermissions(client, namespace, new Silence(client, namespace)).of(RIGHTS);
        }
    }

    private void mayCreate(String resource) {
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(somebody)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("authorization.k8s.io")
                        .withResources(List.of(resource))
                        .withVerbs("create")
                        .endRule()
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(somebody)
                        .endMetadata()
                        .withNewRoleRef(ROLES, "ClusterRole", somebody)
                        .addNewSubject(ROLES, "User", somebody, null)
                        .build())
                .create();
    }
}
