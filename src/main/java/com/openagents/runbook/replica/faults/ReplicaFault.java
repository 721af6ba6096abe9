package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;

/** A defect of the running service, put into a healthy replica on purpose to prove that a check can fail. */
public interface ReplicaFault {

    /** The word for it on the command line, for example {@code stream-breaks}. */
    String id();

    /** What goes wrong, in a sentence for people. */
    String description();

    /** Brings it about. */
    void inject(Replica replica);

    /** Returns when somebody who looks can see it. Where several are put in, they come to show side by side. */
    default void awaitShown(Replica replica) {
        // Most are there at once.
    }

    /** Whether it can be taken away while its replica goes on. */
    default boolean canHeal() {
        return true;
    }

    /** Takes it away again. What it did meanwhile stays on record. */
    void heal(Replica replica);
}
