package com.openagents.runbook.steps;

import com.openagents.runbook.evidence.ScenarioEvidence;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;

public final class EvidenceHooks {
    private final ScenarioEvidence evidence;

    public EvidenceHooks(ScenarioEvidence evidence) {
        this.evidence = evidence;
    }

    @Before(order = 0)
    public void evidenceBelongsTo(Scenario scenario) {
        evidence.belongsTo(scenario);
    }
}
