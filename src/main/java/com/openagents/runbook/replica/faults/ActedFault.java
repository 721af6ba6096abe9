package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import java.util.Map;
import java.util.Set;

/**
 * A defect that shows only when something happens: the pods get what {@link ProcessFault} gives them, if anything, and
 * then it is acted out.
 */
record ActedFault(String id, String description, Set<String> words, Map<String, String> variables, Act act, Act mend)
        implements ReplicaFault {

    /** What happens; it is bounded, and returns when it shows. */
    @FunctionalInterface
    interface Act {
        void in(Workbench bench) throws Exception;
    }

    /** What it left behind needs no mending. */
    ActedFault(String id, String description, Set<String> words, Map<String, String> variables, Act act) {
        this(id, description, words, variables, act, bench -> {});
    }

    /** The same, and what it left behind is mended when it is taken away. */
    ActedFault mendedBy(Act mending) {
        return new ActedFault(id, description, words, variables, act, mending);
    }

    /** With pods as they are. */
    static ActedFault acted(String id, String description, Act act) {
        return new ActedFault(id, description, Set.of(), Map.of(), act);
    }

    @Override
    public void inject(Replica replica) {
        if (needsOtherPods()) {
            // The act is the traffic that shows it; ordinary traffic may no longer get on with such pods.
            pods().putInto(replica);
        }
        play(act, replica);
    }

    private void play(Act what, Replica replica) {
        try (var bench = new Workbench(replica)) {
            what.in(bench);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the fault " + id + " was acted out", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the fault " + id + " could not be acted out: " + e.getMessage(), e);
        }
    }

    @Override
    public void heal(Replica replica) {
        replica.provider().failWith(0);
        if (needsOtherPods()) {
            pods().heal(replica);
        }
        play(mend, replica);
    }

    private ProcessFault pods() {
        return new ProcessFault(id, description, words, variables);
    }

    private boolean needsOtherPods() {
        return !words.isEmpty() || !variables.isEmpty();
    }
}
