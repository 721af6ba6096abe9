package com.openagents.runbook.steps.drill;

import static com.openagents.runbook.assertions.DrillAssertions.assertSteady;

import com.openagents.runbook.safety.Change;
import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Systems;
import java.util.List;

/** Makes the changes of a drill one after the other; the runtime must be steady after each. */
final class Changes {
    private final ScenarioDrill scenario;
    private final Systems systems;
    private final String statement;

    /** @param statement of the runbook whose change this is */
    Changes(ScenarioDrill scenario, Systems systems, String statement) {
        this.scenario = scenario;
        this.systems = systems;
        this.statement = statement;
    }

    void make(Change... changes) {
        var drill = scenario.drill();
        drill.mean(List.of(changes));
        for (var change : changes) {
            assertSteady(
                    drill.make(change), statement, () -> systems.kubernetes().runtimePods("all ready"));
        }
    }
}
