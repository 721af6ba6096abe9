package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A defect that every runtime process has from its start. The pods are replaced as when nodes are drained, so nothing
 * else about them is wrong.
 *
 * @param words words of {@link ProcessFaults}
 * @param variables what the processes find in their environment besides
 */
record ProcessFault(String id, String description, Set<String> words, Map<String, String> variables)
        implements ReplicaFault {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public void inject(Replica replica) {
        putInto(replica);
        replica.awaitTraffic();
    }

    void putInto(Replica replica) {
        replaced(replica, words, variables);
    }

    @Override
    public void heal(Replica replica) {
        replaced(replica, Set.of(), Map.of());
    }

    private static void replaced(Replica replica, Set<String> words, Map<String, String> variables) {
        var cluster = replica.cluster();
        cluster.dials().faultWords(words);
        cluster.dials().variables(variables);
        cluster.replacePods(LIMIT, waitedFor -> {});
    }
}
