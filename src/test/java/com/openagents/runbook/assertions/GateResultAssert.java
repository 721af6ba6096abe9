package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.safety.GateResult;
import com.openagents.runbook.system.kubernetes.Kubectl;
import java.util.ArrayList;
import org.assertj.core.api.AbstractAssert;

/** Judges a run of the post-deploy gate (runbook 6). */
public final class GateResultAssert extends AbstractAssert<GateResultAssert, GateResult> {
    private final Kubectl kubectl;

    GateResultAssert(GateResult actual, Kubectl kubectl) {
        super(actual, GateResultAssert.class);
        this.kubectl = kubectl;
    }

    public GateResultAssert passed(String statement) {
        if (!actual.passed()) {
            var details = new ArrayList<String>();
            actual.runs().forEach(run -> {
                details.add(run.words());
                run.log().lines().forEach(details::add);
            });
            throw new FindingError(new Finding(
                    "The post-deploy gate passes",
                    actual.runs().get(actual.runs().size() - 1).job() + " failed",
                    details,
                    statement,
                    "inspect the migration and smoke jobs for a recent deploy regression",
                    kubectl.command("logs job/"
                            + actual.runs().get(actual.runs().size() - 1).job())));
        }
        return this;
    }
}
