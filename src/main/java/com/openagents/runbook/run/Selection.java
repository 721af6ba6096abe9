package com.openagents.runbook.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Which scenarios a run is about.
 *
 * @param sections runbook sections such as {@code 1} or {@code 4F}; empty means all
 * @param tags a Cucumber tag expression; empty means all
 * @param faults the faults put into the replica
 * @param plan whether it is only shown what drills would change
 * @param shard which part of these scenarios
 */
public record Selection(List<String> sections, String tags, List<String> faults, boolean plan, Shard shard) {
    private static final String DRILL = "@drill";

    public Selection(List<String> sections, String tags, List<String> faults) {
        this(sections, tags, faults, false, Shard.ALL);
    }

    public Selection {
        sections = List.copyOf(sections);
        faults = List.copyOf(faults);
    }

    /** The same scenarios, of which only the plan is shown. */
    public Selection planned() {
        return new Selection(sections, tags, faults, true, shard);
    }

    /** A part of the same scenarios. */
    public Selection in(Shard part) {
        return new Selection(sections, tags, faults, plan, part);
    }

    /** The tag of the scenarios of a section. */
    static String tag(String section) {
        return "@section-" + section;
    }

    /** The tag expression that selects exactly these scenarios. Nobody runs a drill without having said so. */
    public String expression() {
        var parts = new ArrayList<String>();
        if (!sections.isEmpty()) {
            parts.add("("
                    + String.join(" or ", sections.stream().map(Selection::tag).toList()) + ")");
        }
        if (!tags.isBlank()) {
            parts.add("(" + tags + ")");
        }
        if (!tags.contains(DRILL)) {
            parts.add("not " + DRILL);
        }
        return String.join(" and ", parts);
    }
}
