package com.openagents.runbook.report;

import java.util.List;

/**
 * What the run says about itself before it checks anything. Texts are empty where the record is silent.
 *
 * @param kind {@code embedded}, {@code containers} or {@code live}
 * @param mode {@code run} or {@code plan}
 */
public record RunFacts(
        String runId,
        String environment,
        String kind,
        Selection selection,
        String startedBy,
        String suiteVersion,
        String runbookHash,
        String featureHash,
        String namespace,
        String mode) {

    /** The media type under which these facts are attached to the run, as JSON. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.run+json";

    static final RunFacts UNKNOWN =
            new RunFacts("", "", "", new Selection(List.of(), "", List.of()), "", "", "", "", "", "run");

    public boolean plan() {
        return mode.equals("plan");
    }

    /** Which part of the runbook was asked for; empty means all of it. */
    public record Selection(List<String> sections, String tags, List<String> faults) {
        public Selection {
            sections = List.copyOf(sections);
            faults = List.copyOf(faults);
        }
    }
}
