package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The metadata the server itself writes. */
final class Metadata {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final List<String> SERVER_OWNED =
            List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation");

    private final Clock clock;

    Metadata(Clock clock) {
        this.clock = clock;
    }

    String now() {
        return time(clock.instant());
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    void onCreate(ObjectNode object, boolean countsGenerations) {
        var meta = Json.meta(object);
        meta.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "selfLink"));
        if (!meta.hasNonNull("name") && meta.hasNonNull("generateName")) {
            meta.put("name", meta.get("generateName").asText() + suffix());
        }
        meta.put("uid", UUID.randomUUID().toString());
        meta.put("creationTimestamp", now());
        if (countsGenerations) {
            meta.put("generation", 1);
        } else {
            meta.remove("generation");
        }
    }

    static String suffix() {
        var random = ThreadLocalRandom.current();
        return random.ints(5, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }

    /** Puts back what a client cannot change, and counts the generation up when anything but metadata and status changed. */
    static void onUpdate(ObjectNode updated, ObjectNode old, boolean countsGenerations) {
        var meta = Json.meta(updated);
        var oldMeta = Json.meta(old);
        for (var field : SERVER_OWNED) {
            if (oldMeta.has(field)) {
                meta.set(field, oldMeta.get(field));
            } else {
                meta.remove(field);
            }
        }
        meta.remove("selfLink");
        if (oldMeta.has("generateName")) {
            meta.set("generateName", oldMeta.get("generateName"));
        }
        if (countsGenerations && !substance(updated).equals(substance(old))) {
            meta.put("generation", oldMeta.path("generation").asLong() + 1);
        }
    }

    private static ObjectNode substance(ObjectNode object) {
        var copy = object.deepCopy();
        copy.remove(List.of("metadata", "status", "kind", "apiVersion"));
        return copy;
    }
}
