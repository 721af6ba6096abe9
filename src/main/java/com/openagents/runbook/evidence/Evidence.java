package com.openagents.runbook.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a step saw.
 *
 * @param title what was looked at, in words
 * @param system the system that answered, for example {@code kubernetes}
 * @param asked the question as a person would ask it by hand: a command or a query
 * @param seen the answer, one row for each thing, each row from column to value, all rows with the same columns
 * @param threshold what the answer is held against, in words; empty if the step only looks
 * @param at when the answer came
 * @param context what ties the answer to its source: resource version, request id, server
 * @param plot how it went over a time; null if that was not asked
 */
public record Evidence(
        String title,
        String system,
        String asked,
        List<Map<String, String>> seen,
        String threshold,
        Instant at,
        Map<String, String> context,
        @JsonInclude(JsonInclude.Include.NON_NULL) Plot plot) {

    /** The media type under which evidence is attached to a scenario, as JSON. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.evidence+json";

    /** The media type of what was looked at after a finding. */
    public static final String AFTERWARDS_MEDIA_TYPE = "application/vnd.openagents.evidence-after+json";

    public Evidence {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(asked, "asked");
        seen = List.copyOf(seen);
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(at, "at");
        context = Map.copyOf(context);
    }

    /** What a step saw at one moment. */
    public Evidence(
            String title,
            String system,
            String asked,
            List<Map<String, String>> seen,
            String threshold,
            Instant at,
            Map<String, String> context) {
        this(title, system, asked, seen, threshold, at, context, null);
    }
}
