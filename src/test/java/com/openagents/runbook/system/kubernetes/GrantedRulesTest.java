package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules say, beside what the server says of the same permission when it is asked for it alone. */
@ExtendWith(SharedCluster.class)
class GrantedRulesTest {
    private static final String SOMEBODY = "somebody";

    private KubernetesClient admin;
    private String namespace;

    @BeforeEach
    void open(Lab lab) {
        admin = lab.cluster().client();
        namespace = lab.newNamespace();
    }

    @ParameterizedTest
    @CsvSource({
        "list pods, true",
        "get pods, false",
        "get pods/log, true",
        "create pods/exec, false",
        "create pods/eviction, true",
        "list statefulsets, true",
        "delete statefulsets, true",
        "list jobs, false",
        "get leases, false"
    })
    void rules_cover_what_the_server_grants(String permission, boolean granted) {
        grant(
                rule("", "pods", "list"),
                rule("", "pods/log", "get"),
                rule("", "*/eviction", "create"),
                rule("apps", "*", "*"));

        assertSame(permission, granted);
    }

    @ParameterizedTest
    @CsvSource({"list pods, true", "get jobs, true", "create pods/exec, true"})
    void a_star_is_everything(String permission, boolean granted) {
        grant(rule("*", "*", "*"));

        assertSame(permission, granted);
    }

    @Test
    void a_rule_for_one_object_is_none_for_all() {
        grant(new PolicyRuleBuilder(rule("", "pods", "get"))
                .withResourceNames("runtime-0")
                .build());

        assertSame("get pods", false);
    }

    private void assertSame(String words, boolean granted) {
        var permission = Permission.of(words);
        try (var client = somebody()) {
            assertThat(permission.isGranted(client, namespace)).isEqualTo(granted);
            assertThat(GrantedRules.ask(client, namespace).cover(permission)).isEqualTo(granted);
        }
    }

    private KubernetesClient somebody() {
        var config = new ConfigBuilder(admin.getConfiguration())
                .withImpersonateUsername(SOMEBODY)
                .withImpersonateGroups("system:authenticated")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static PolicyRule rule(String group, String resource, String verb) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verb)
                .build();
    }

    private void grant(PolicyRule... rules) {
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(SOMEBODY)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(SOMEBODY)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", SOMEBODY)
                        .addNewSubject("rbac.authorization.k8s.io", "User", SOMEBODY, null)
                        .build())
                .create();
    }
}
