package com.openagents.runbook.system;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What exactly was checked: the facts that tell one system from another, for the auditor.
 *
 * @param system the system's name, for example {@code kubernetes}
 * @param facts from fact to value, in the order in which people should read them
 */
public record Identity(String system, Map<String, String> facts) {
    /** The media type under which an identity is recorded, as JSON. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.identity+json";

    /** What a fact says when the system does not tell it. */
    private static final String UNKNOWN = "unknown";

    /** The value of a fact that the system did not tell. */
    public static String unknown(String reason) {
        return UNKNOWN + " (" + reason + ")";
    }

    /** Whether the system told every fact. */
    public boolean answers() {
        return facts.values().stream().noneMatch(value -> value.startsWith(UNKNOWN));
    }

    public Identity {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
