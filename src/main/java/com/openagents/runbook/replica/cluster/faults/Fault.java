package com.openagents.runbook.replica.cluster.faults;

/**
 * A defect put into a replica on purpose, to prove that a check can fail.
 *
 * @param <R> the replica it is put into
 */
public interface Fault<R> {

    /** The word for it on the command line, for example {@code pod-crash-loop}. */
    String id();

    /** What goes wrong, in a sentence for people. */
    String description();

    /** What the check that notices it says, in short. */
    String expectedFinding();

    /** Brings it about in a healthy replica. It may take as long as its steps take in a real one. */
    void inject(R replica);

    /** Whether somebody who looks now sees it in full. */
    boolean shows(R replica);
}
