package com.openagents.runbook.steps;

import com.openagents.runbook.evidence.ScenarioEvidence;
import com.openagents.runbook.system.Preflight;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;

/** What comes before the first step of each scenario. */
public final class ScenarioHooks {
    private final ScenarioEvidence evidence;
    private final Preflight preflight;

    public ScenarioHooks(ScenarioEvidence evidence, Preflight preflight) {
        this.evidence = evidence;
        this.preflight = preflight;
    }

    @Before(order = 0)
    public void evidenceBelongsTo(Scenario scenario) {
        evidence.belongsTo(scenario);
    }

    @Before(order = 1)
    public void nothingIsMissing(Scenario scenario) {
        preflight.admit(scenario.getName());
    }
}
