package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import com.openagents.runbook.replica.cluster.Somebody;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules say, beside what the server says of the same permission when it is asked for it alone. */
@ExtendWith(SharedCluster.class)
class GrantedRulesTest {
    private Somebody somebody;

    @BeforeEach
    void open(Lab lab) {
        somebody = new Somebody(lab.cluster().client(), lab.newNamespace());
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
        somebody.may(
                rule("", "pods", "list"),
                rule("", "pods/log", "get"),
                rule("", "*/eviction", "create"),
                rule("apps", "*", "*"));

        assertSame(permission, granted);
    }

    @ParameterizedTest
    @CsvSource({"list pods, true", "get jobs, true", "create pods/exec, true"})
    void a_star_is_everything(String permission, boolean granted) {
        somebody.may(rule("*", "*", "*"));

        assertSame(permission, granted);
    }

    @Test
    void a_rule_for_one_object_is_none_for_all() {
        somebody.may(new PolicyRuleBuilder(rule("", "pods", "get"))
                .withResourceNames("runtime-0")
                .build());

        assertSame("get pods", false);
    }

    private void assertSame(String words, boolean granted) {
        var permission = Permission.of(words);
        try (var client = somebody.client("system:authenticated")) {
            assertThat(permission.isGranted(client, somebody.namespace())).isEqualTo(granted);
            assertThat(GrantedRules.ask(client, somebody.namespace()).cover(permission))
                    .isEqualTo(granted);
        }
    }

    private static PolicyRule rule(String group, String resource, String verb) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verb)
                .build();
    }
}
