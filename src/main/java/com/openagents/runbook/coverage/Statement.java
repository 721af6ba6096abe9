package com.openagents.runbook.coverage;

import java.util.List;
import java.util.Optional;

/**
 * One statement of the runbook.
 *
 * @param id for example {@code 4F.3}
 * @param text the statement in one line
 * @param byPerson why no machine can decide it; empty if scenarios have to
 * @param sources fingerprints of the published sentences and commands that it stands for; none if it is our own
 */
record Statement(String id, String text, Optional<String> byPerson, List<String> sources) {
    Statement {
        sources = List.copyOf(sources);
    }

    /** The section of the runbook that it stands in, for example {@code 4F}. */
    String section() {
        return id.substring(0, id.indexOf('.'));
    }

    /** What a feature is pinned to: it changes with the words, not with their layout. */
    String fingerprint() {
        return Fingerprint.of(text);
    }
}
