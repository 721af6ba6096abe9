package com.openagents.runbook.steps.scenario;

import com.openagents.runbook.evidence.ScenarioEvidence;
import com.openagents.runbook.system.AfterFinding;
import com.openagents.runbook.system.AskedSystems;
import com.openagents.runbook.system.Preflight;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;

/** What comes before the first step of each scenario, and after its last one. */
public final class ScenarioHooks {
    private final ScenarioEvidence evidence;
    private final Preflight preflight;
    private final AskedSystems systems;
    private final AfterFinding afterFinding;

    public ScenarioHooks(
            ScenarioEvidence evidence, Preflight preflight, AskedSystems systems, AfterFinding afterFinding) {
        this.evidence = evidence;
        this.preflight = preflight;
        this.systems = systems;
        this.afterFinding = afterFinding;
    }

    @Before(order = 0)
    public void evidenceBelongsTo(Scenario scenario) {
        evidence.belongsTo(scenario);
    }

    @Before(order = 1)
    public void nothingIsMissing(Scenario scenario) {
        preflight.admit(scenario.getName());
    }

    /** Before anything is put back. */
    @After(order = Integer.MAX_VALUE)
    public void lookAtWhatTheFindingIsAbout(Scenario scenario) {
        afterFinding.look(scenario.getId(), systems, evidence.newest(), evidence::sawAfterwards);
    }
}
