package com.openagents.runbook.replica.cluster.api;

import java.util.HashMap;
import java.util.Map;

/** The rules of each kind. */
final class Rules {

    private final Map<ResourceType, KindRules> rules = new HashMap<>();

    Rules(String serviceIpPrefix) {
        rules.put(ResourceTypes.PODS, new PodRules());
        rules.put(ResourceTypes.STATEFUL_SETS, WorkloadRules.statefulSet());
        rules.put(ResourceTypes.DEPLOYMENTS, WorkloadRules.deployment());
        rules.put(ResourceTypes.REPLICA_SETS, WorkloadRules.replicaSet());
        rules.put(ResourceTypes.DAEMON_SETS, WorkloadRules.daemonSet());
        rules.put(ResourceTypes.CONTROLLER_REVISIONS, new CoreRules.Revision());
        rules.put(ResourceTypes.JOBS, new JobRules());
        rules.put(ResourceTypes.CRON_JOBS, new CronJobRules());
        rules.put(ResourceTypes.SERVICES, new ServiceRules(serviceIpPrefix));
        rules.put(ResourceTypes.AUTOSCALERS, new PolicyRules.Autoscaler());
        rules.put(ResourceTypes.DISRUPTION_BUDGETS, new PolicyRules.DisruptionBudget());
        rules.put(ResourceTypes.NETWORK_POLICIES, new PolicyRules.NetworkPolicy());
        rules.put(ResourceTypes.CONFIG_MAPS, new CoreRules.Data(false));
        rules.put(ResourceTypes.SECRETS, new CoreRules.Data(true));
        rules.put(ResourceTypes.NAMESPACES, new CoreRules.Namespace());
        rules.put(ResourceTypes.EVENTS, new CoreRules.Event());
        rules.put(ResourceTypes.CLAIMS, new CoreRules.Claim());
        rules.put(ResourceTypes.LEASES, new CoreRules.Lease());
        rules.put(ResourceTypes.ENDPOINT_SLICES, new CoreRules.Slice());
        rules.put(ResourceTypes.ROLES, new AccessRules.Role());
        rules.put(ResourceTypes.CLUSTER_ROLES, new AccessRules.Role());
        rules.put(ResourceTypes.ROLE_BINDINGS, new AccessRules.Binding());
        rules.put(ResourceTypes.CLUSTER_ROLE_BINDINGS, new AccessRules.Binding());
    }

    KindRules of(ResourceType type) {
        return rules.getOrDefault(type, KindRules.PLAIN);
    }
}
