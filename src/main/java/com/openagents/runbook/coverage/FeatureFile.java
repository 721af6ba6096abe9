package com.openagents.runbook.coverage;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One feature file as far as it speaks of the runbook.
 *
 * @param name the file's name
 * @param tags the tags of the feature itself
 * @param pins from statement id to the fingerprint that the feature was last read against
 */
record FeatureFile(String name, List<String> tags, List<Scenario> scenarios, Map<String, String> pins) {

    /**
     * @param tags its own tags and those of the feature
     * @param steps its steps, one line each
     */
    record Scenario(String name, long line, List<String> tags, List<String> steps) {
        Stream<String> statements() {
            return values("@statement:");
        }

        /** What follows a prefix in the tags that begin with it. */
        Stream<String> values(String prefix) {
            return tags.stream().filter(tag -> tag.startsWith(prefix)).map(tag -> tag.substring(prefix.length()));
        }
    }

    /** The runbook's own number for it; empty if its tags do not say. */
    String section() {
        return tags.stream()
                .filter(tag -> tag.startsWith("@section-"))
                .map(tag -> tag.substring("@section-".length()))
                .reduce((first, last) -> last)
                .orElse("");
    }

    /** Every statement that a scenario of the file names. */
    List<String> statements() {
        return scenarios.stream().flatMap(Scenario::statements).distinct().toList();
    }
}
