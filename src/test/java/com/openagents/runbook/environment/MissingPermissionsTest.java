package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import com.openagents.runbook.replica.cluster.Somebody;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.kubernetes.Silence;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class MissingPermissionsTest {
    private static final Set<Right> RIGHTS = EnumSet.of(Right.PODS, Right.BUDGET);

    private KubernetesClient admin;
    private Somebody somebody;

    @BeforeEach
    void mayListPods(Lab lab) {
        admin = lab.cluster().client();
        somebody = new Somebody(admin, lab.newNamespace());
        somebody.may(new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources("pods")
                .withVerbs("list")
                .build());
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
        var namespace = somebody.namespace();
        try (var client = somebody.client(group)) {
            return new MissingPermissions(client, namespace, new Silence(client, namespace)).of(RIGHTS);
        }
    }

    private void mayCreate(String resource) {
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(somebody.name())
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
                        .withName(somebody.name())
                        .endMetadata()
                        .withNewRoleRef(Somebody.ROLES, "ClusterRole", somebody.name())
                        .addNewSubject(Somebody.ROLES, "User", somebody.name(), null)
                        .build())
                .create();
    }
}
