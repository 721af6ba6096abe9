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
        var dials = replica.cluster().dials();
        dials.addFaultWords(words);
        dials.addVariables(variables);
        replacePods(replica);
    }

    @Override
    public void heal(Replica replica) {
        var dials = replica.cluster().dials();
        dials.removeFaultWords(words);
        dials.removeVariables(variables.keySet());
        replacePods(replica);
    }

    private static void replacePods(Replica replica) {
        replica.cluster().replacePods(LIMIT, waitedFor -> {});
    }
}
