package com.openagents.runbook.system.cloudrun;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The runtime's service and the revisions behind it.
 *
 * @param image the image of its template, which the next revision would have
 * @param newestRevision the revision made of that template
 * @param readyRevision the newest revision that became ready
 * @param traffic the revisions that requests really reach
 * @param condition the state of its last change as Cloud Run says it, {@code CONDITION_SUCCEEDED} when it is ready
 * @param message what Cloud Run says about that state, empty if it says nothing
 * @param deploying whether Cloud Run is still at work on it
 * @param at when this was seen
 */
public record ServiceState(
        String name,
        String image,
        String newestRevision,
        String readyRevision,
        List<Traffic> traffic,
        List<Revision> revisions,
        String condition,
        String message,
        boolean deploying,
        Instant at,
        Gcloud gcloud) {

    /** @param percent how many of a hundred requests reach it, more than none */
    public record Traffic(String revision, int percent) {}

    public record Revision(String name, String image, Instant createdAt) {}

    public ServiceState {
        traffic = List.copyOf(traffic);
        revisions = List.copyOf(revisions);
    }

    public boolean isReady() {
        return condition.equals("CONDITION_SUCCEEDED");
    }

    /** Whether that is the image of its template. */
    public boolean hasImage(String other) {
        return new ImageReference(image).isSameAs(new ImageReference(other));
    }

    public Optional<Revision> revision(String wanted) {
        return revisions.stream()
                .filter(revision -> revision.name().equals(wanted))
                .findFirst();
    }

    /** Since when the service has its image: a revision with other settings and the same image changes nothing. */
    public Optional<Instant> imageSince() {
        return revision(newestRevision)
                .flatMap(newest -> revisions.stream()
                        .filter(revision -> !revision.createdAt().isAfter(newest.createdAt()))
                        .sorted(Comparator.comparing(Revision::createdAt).reversed())
                        .takeWhile(revision ->
                                new ImageReference(revision.image()).isSameAs(new ImageReference(newest.image())))
                        .map(Revision::createdAt)
                        .min(Comparator.naturalOrder()));
    }
}
