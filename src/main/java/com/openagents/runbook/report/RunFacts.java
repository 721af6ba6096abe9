package com.openagents.runbook.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What the run says about itself before it checks anything. Texts are empty where the record is silent.
 *
 * @param kind {@code embedded}, {@code containers} or {@code live}
 * @param mode {@code run} or {@code plan}
 * @param must tags, without their sign, of the scenarios that may not stay incomplete; empty if none may
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
        String mode,
        List<String> must) {

    /** The media type under which these facts are attached to the run, as JSON. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.run+json";

    static final RunFacts UNKNOWN =
            new RunFacts("", "", "", new Selection(List.of(), "", List.of(), ""), "", "", "", "", "", "run", List.of());

    public RunFacts {
        must = List.copyOf(must);
    }

    /** Whether the run proves too little if this scenario could not be checked. */
    boolean requires(ScenarioResult scenario) {
        return must.isEmpty() || must.stream().anyMatch(tag -> scenario.tags().contains("@" + tag));
    }

    public boolean plan() {
        return mode.equals("plan");
    }

    /**
     * Which part of the runbook was asked for; empty means all of it.
     *
     * @param shard which part of that again, for example {@code 2/3}
     */
    public record Selection(
            List<String> sections,
            String tags,
            List<String> faults,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String shard) {
        public Selection {
            sections = List.copyOf(sections);
            faults = List.copyOf(faults);
        }
    }
}
