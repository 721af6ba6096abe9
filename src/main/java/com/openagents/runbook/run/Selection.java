package com.openagents.runbook.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Which scenarios a run is about.
 *
 * @param sections runbook sections such as {@code 1} or {@code 4F}; empty means all
 * @param tags a Cucumber tag expression; empty means all
 * @param faults the faults put into the replica
 */
public record Selection(List<String> sections, String tags, List<String> faults) {
    public Selection {
        sections = List.copyOf(sections);
        faults = List.copyOf(faults);
    }

    /** The tag expression that selects exactly these scenarios; empty if all are. */
    public String expression() {
        var parts = new ArrayList<String>();
        if (!sections.isEmpty()) {
            parts.add("("
                    + String.join(
                            " or ",
                            sections.stream()
                                    .map(section -> "@section-" + section)
                                    .toList()) + ")");
        }
        if (!tags.isBlank()) {
            parts.add("(" + tags + ")");
        }
        return String.join(" and ", parts);
    }
}
