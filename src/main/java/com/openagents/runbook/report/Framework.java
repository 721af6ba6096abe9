package com.openagents.runbook.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A framework of controls and what of the runbook stands for each, as it stood when the run began.
 *
 * @param id for example {@code SOC2}
 */
public record Framework(String id, String title, List<Control> controls) {

    /** The media type under which the frameworks are attached to the run, as JSON. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.controls+json";

    public Framework {
        controls = List.copyOf(controls);
    }

    /**
     * One control.
     *
     * @param id as the framework numbers it, for example {@code CC7.2}
     * @param title what it asks for, in our own words
     * @param statements the statements of the runbook whose scenarios stand for it
     * @param scenarios ids or names of single scenarios that stand for it besides
     * @param known how many scenarios of all features stand for it, whether selected or not
     */
    public record Control(String id, String title, List<String> statements, List<String> scenarios, int known) {
        public Control {
            statements = List.copyOf(statements);
            scenarios = List.copyOf(scenarios);
        }

        /** Whether a scenario stands for it. */
        public boolean covers(String scenarioId, String name, List<String> itsStatements) {
            return scenarios.contains(scenarioId)
                    || scenarios.contains(name)
                    || itsStatements.stream().anyMatch(statements::contains);
        }

        boolean covers(ScenarioResult scenario) {
            return covers(scenario.id(), scenario.name(), scenario.statements());
        }
    }

    static Framework read(JsonNode json) {
        var controls = new ArrayList<Control>();
        json.path("controls")
                .forEach(control -> controls.add(new Control(
                        control.path("id").asText(),
                        control.path("title").asText(),
                        RunAttachments.texts(control.path("statements")),
                        RunAttachments.texts(control.path("scenarios")),
                        control.path("known").asInt())));
        return new Framework(json.path("id").asText(), json.path("title").asText(), controls);
    }

    /** The controls that a scenario stands for, for example {@code SOC2-CC7.2}. */
    List<String> of(ScenarioResult scenario) {
        return controls.stream()
                .filter(control -> control.covers(scenario))
                .map(control -> id + "-" + control.id())
                .toList();
    }
}
