package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.runtime.PodMetrics;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges whether refused tokens are counted under their reason class (runbook 4F.2). */
public final class RefusalCountsAssert extends AbstractAssert<RefusalCountsAssert, PodMetrics> {
    RefusalCountsAssert(PodMetrics actual) {
        super(actual, RefusalCountsAssert.class);
    }

    public RefusalCountsAssert roseSince(PodMetrics before, List<String> reasonClasses) {
        var silent = new ArrayList<String>();
        for (var pod : actual.pods()) {
            for (var reason : reasonClasses) {
                if (actual.of(pod, "reason_class", reason) <= before.of(pod, "reason_class", reason)) {
                    silent.add(pod + "   was offered a token to refuse for " + reason + " and did not count it");
                }
            }
        }
        if (!silent.isEmpty()) {
            throw new FindingError(new Finding(
                    "Every pod counts refused tokens under their reason class",
                    silent.size() + " refusals are not told apart",
                    silent,
                    "4F.2",
                    "without the classes nobody can say why clients are refused: compare the metric's labels with the"
                            + " reject classes of the verifier",
                    actual.command()));
        }
        return this;
    }
}
