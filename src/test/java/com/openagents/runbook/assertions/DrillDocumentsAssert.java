package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.checkout.DrillDocuments;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges the written evidence of the drills (runbook 8). */
public final class DrillDocumentsAssert extends AbstractAssert<DrillDocumentsAssert, DrillDocuments> {
    DrillDocumentsAssert(DrillDocuments actual) {
        super(actual, DrillDocumentsAssert.class);
    }

    public DrillDocumentsAssert areThere() {
        var missing = actual.documents().stream()
                .filter(document -> !document.isThere() || document.title().isEmpty())
                .map(document -> document.path() + (document.isThere() ? "   has no title" : "   is not there"))
                .toList();
        if (!missing.isEmpty()) {
            throw finding(
                    "The document and the latest report of the drills are there",
                    "%d of %d are not"
                            .formatted(missing.size(), actual.documents().size()),
                    missing);
        }
        return this;
    }

    public DrillDocumentsAssert reportNoFailure() {
        var expected = "The latest report of the drills counts passed cases and no failed one";
        var verdict = actual.verdict().orElseThrow(() -> finding(expected, "it counts nothing", List.of()));
        if (!verdict.matches(".*\\b[1-9]\\d* passed / 0 failed.*")) {
            throw finding(expected, "it says otherwise", List.of(verdict));
        }
        return this;
    }

    private FindingError finding(String expected, String seen, List<String> details) {
        return new FindingError(new Finding(
                expected,
                seen,
                details,
                "8.5",
                "run the drills and keep their report",
                "ls " + actual.folder().resolve("apps/runtime/docs/reports")));
    }
}
