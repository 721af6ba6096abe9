package com.openagents.runbook.report;

import java.text.Normalizer;
import java.util.Locale;

/** The id of a scenario, which stays the same from run to run as long as section and name do. */
public final class ScenarioId {
    private static final int LONGEST = 60;

    private ScenarioId() {}

    /** For example {@code 1-every-runtime-pod-is-healthy}. */
    public static String of(String section, String name) {
        return section + "-" + slug(name);
    }

    private static String slug(String name) {
        var plain = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        var slug = plain.isEmpty() ? "scenario" : plain;
        return slug.length() <= LONGEST ? slug : slug.substring(0, LONGEST).replaceAll("-[^-]*$", "");
    }
}
