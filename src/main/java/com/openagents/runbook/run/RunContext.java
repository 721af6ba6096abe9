package com.openagents.runbook.run;

import com.openagents.runbook.environment.OpenEnvironment;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.AfterFinding;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Preflight;
import com.openagents.runbook.system.Systems;
import java.util.List;

/** What a run has for its scenarios. */
final class RunContext {
    private final OpenEnvironment environment;
    private final Needed needs;
    private final Preflight preflight;
    private final RunDrills drills;
    private final List<Object> expectations;
    private final AfterFinding afterFinding;

    /** @param expectations what steps ask for by type besides the systems: thresholds and the like */
    RunContext(
            OpenEnvironment environment,
            Needed needs,
            Preflight preflight,
            RunDrills drills,
            List<Object> expectations) {
        this.environment = environment;
        this.needs = needs;
        this.preflight = preflight;
        this.drills = drills;
        this.expectations = expectations;
        this.afterFinding = new AfterFinding(
                this::systems, name -> needs.systems().contains(name), this::preflight, AfterFinding.LIMIT);
    }

    /**
     * The systems for one scenario.
     *
     * @throws IllegalStateException when a step asks one that it does not declare by {@link Needs}
     */
    Systems systems(EvidenceLog evidence) {
        var offered = environment.systems(evidence);
        return name -> {
            if (!needs.systems().contains(name)) {
                throw new IllegalStateException(
                        "a step asks " + name.word() + " and does not declare that it needs it");
            }
            return offered.system(name);
        };
    }

    /** What the steps of a scenario share when they change something. */
    ScenarioDrill drill(EvidenceLog evidence) {
        return new ScenarioDrill(drills::session, environment::clients, evidence, ScenarioDrill.ANOTHER_RUN);
    }

    /** What each scenario must pass before it begins. */
    Preflight preflight() {
        return preflight;
    }

    /** What looks, after a finding, at what it is about. */
    AfterFinding afterFinding() {
        return afterFinding;
    }

    List<Object> expectations() {
        return expectations;
    }
}
