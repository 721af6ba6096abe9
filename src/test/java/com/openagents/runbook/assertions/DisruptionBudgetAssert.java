package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.DisruptionBudget;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges the disruption budget (runbook 1). */
public final class DisruptionBudgetAssert extends AbstractAssert<DisruptionBudgetAssert, DisruptionBudget> {
    DisruptionBudgetAssert(DisruptionBudget actual) {
        super(actual, DisruptionBudgetAssert.class);
    }

    public DisruptionBudgetAssert isMet() {
        if (!actual.exists()) {
            throw finding("there is no PodDisruptionBudget runtime");
        }
        if (!actual.seen()) {
            throw finding("its controller has not seen the newest specification");
        }
        if (actual.healthy() < actual.needed()) {
            throw finding(actual.healthy() + " healthy, " + actual.needed() + " needed");
        }
        return this;
    }

    private FindingError finding(String seen) {
        return new FindingError(new Finding(
                "The disruption budget of the runtime is met",
                seen,
                List.of(),
                "3.2",
                "check runtime pod health and restarts; compare minAvailable with the replicas",
                actual.kubectl().command("describe pdb runtime")));
    }
}
