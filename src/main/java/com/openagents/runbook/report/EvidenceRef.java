package com.openagents.runbook.report;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One look at a system. What was seen is kept once for all looks that saw the same; when, and the context, differ.
 *
 * @param sha256 of the evidence as JSON without {@code at} and {@code context}, 64 hexadecimal digits
 */
public record EvidenceRef(String sha256, Instant at, Map<String, String> context) {
    public EvidenceRef {
        context = context.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(context));
    }
}
