package com.openagents.runbook.report;

import java.time.Duration;

/** A part of the run and how long it took, for example {@code start the database}. */
public record Phase(String name, Duration took) {

    /** The media type under which a phase is attached to the run, as JSON with {@code phase} and {@code millis}. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.phase+json";
}
