package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The revisions that the StatefulSet keeps, to go back to.
 *
 * @param current the name of the revision that is rolled out
 * @param strategy the update strategy of the StatefulSet
 * @param partition pods with a lower ordinal are not updated
 */
public record Revisions(
        List<Revision> revisions, String current, String strategy, int partition, Instant at, Kubectl kubectl) {
    public Revisions {
        revisions = List.copyOf(revisions);
    }

    /** @param number grows with each rollout, also with one that takes up an old revision again */
    public record Revision(String name, long number, String image) {}

    public Optional<Revision> now() {
        return revisions.stream()
                .filter(revision -> revision.name().equals(current))
                .findFirst();
    }

    /** What an undo goes back to: the newest revision before the current one. */
    public Optional<Revision> before() {
        long number = now().map(Revision::number).orElse(Long.MAX_VALUE);
        return revisions.stream()
                .filter(revision -> revision.number() < number)
                .max(Comparator.comparingLong(Revision::number));
    }
}
