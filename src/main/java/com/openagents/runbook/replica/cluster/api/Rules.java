package com.openagents.runbook.replica.cluster.api;

import java.util.Set;

/** Finds the rules of a kind. */
final class Rules {

    private static final Set<ResourceType> COUNTED = Set.of(
            ResourceTypes.STATEFUL_SETS,
            ResourceTypes.DEPLOYMENTS,
            ResourceTypes.REPLICA_SETS,
            ResourceTypes.DAEMON_SETS,
            ResourceTypes.JOBS,
            ResourceTypes.CRON_JOBS,
            ResourceTypes.DISRUPTION_BUDGETS,
            ResourceTypes.NETWORK_POLICIES,
            ResourceTypes.ENDPOINT_SLICES,
            ResourceTypes.PODS);

    private static final KindRules COUNTING = new KindRules() {
        @Override
        public boolean countsGenerations() {
            return true;
        }
    };

    private static final KindRules PENDING = new KindRules() {
        @Override
        public boolean countsGenerations() {
            return true;
        }

        @Override
        public void prepareCreate(com.fasterxml.jackson.databind.node.ObjectNode pod) {
            pod.putObject("status").put("phase", "Pending");
        }
    };

    private Rules() {}

    static KindRules of(ResourceType type) {
        if (type == ResourceTypes.PODS) {
            return PENDING;
        }
        return COUNTED.contains(type) ? COUNTING : KindRules.PLAIN;
    }
}
