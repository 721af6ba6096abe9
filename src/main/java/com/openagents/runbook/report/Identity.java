package com.openagents.runbook.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What tells one system from another of its kind: versions, addresses, digests, in the order the run recorded them. */
public record Identity(String system, Map<String, String> facts) {

    /** The media type under which an identity is attached to the run, as JSON. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.identity+json";

    public Identity {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
