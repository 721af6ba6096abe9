package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.Right;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ServiceAccount with exactly the permissions that steps declare: one Role for what only looks, and one more for what
 * changes something, so that the second can be bound for the time of a drill.
 */
public final class LeastRole {
    private static final String NAME = "runbook";
    private static final String CHECKS = "runbook-checks";
    private static final String DRILLS = "runbook-drills";

    private final String namespace;
    private final TreeSet<Permission> checks;
    private final TreeSet<Permission> drills;

    /** @param besides what it takes to reach the systems, whatever is asked */
    public LeastRole(String namespace, Collection<Right> rights, Collection<Permission> besides) {
        this.namespace = namespace;
        checks = rights.stream()
                .filter(right -> !right.change())
                .flatMap(LeastRole::permissions)
                .collect(Collectors.toCollection(TreeSet::new));
        checks.addAll(besides);
        drills = rights.stream()
                .filter(Right::change)
                .flatMap(LeastRole::permissions)
                .filter(permission -> !checks.contains(permission))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Permission> permissions(Right right) {
        return right.permissions().stream().map(Permission::of);
    }

    /** What to apply, in this order. */
    public List<HasMetadata> objects() {
        var objects = new ArrayList<HasMetadata>();
        objects.add(new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .build());
        role(CHECKS, checks, objects);
        role(DRILLS, drills, objects);
        return objects;
    }

    private void role(String name, TreeSet<Permission> permissions, List<HasMetadata> objects) {
        if (permissions.isEmpty()) {
            return;
        }
        objects.add(new RoleBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withRules(rules(permissions))
                .build());
        objects.add(new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("", "ServiceAccount", NAME, namespace)
                .build());
    }

    /** One rule for each resource. */
    private static List<PolicyRule> rules(TreeSet<Permission> permissions) {
        var verbs = new TreeMap<String, List<Permission>>();
        permissions.forEach(permission -> verbs.computeIfAbsent(permission.resource(), none -> new ArrayList<>())
                .add(permission));
        return verbs.values().stream()
                .map(same -> new PolicyRuleBuilder()
                        .withApiGroups(same.get(0).group())
                        .withResources(same.get(0).resource())
                        .withVerbs(same.stream().map(Permission::verb).toList())
                        .build())
                .toList();
    }
}
