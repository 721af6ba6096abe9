package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.checkout.DrillReport;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Judges a run of the restart and reconnect drills (runbook 8, contract 14). */
public final class DrillReportAssert extends AbstractAssert<DrillReportAssert, DrillReport> {
    private static final String HARNESS = "oa.runtime_restart_reconnect_chaos.v1";
    private static final int CASES = 3;

    DrillReportAssert(DrillReport actual) {
        super(actual, DrillReportAssert.class);
    }

    public DrillReportAssert hasEveryArtifact() {
        var missing = Stream.concat(
                        actual.missing().stream(),
                        Stream.of("harness " + HARNESS + " in summary.json")
                                .filter(name -> !actual.harness().equals(HARNESS)))
                .toList();
        if (!missing.isEmpty()) {
            throw finding(
                    "The drills leave every artifact",
                    "%d missing; the script ended with %s"
                            .formatted(missing.size(), actual.run().words()),
                    missing);
        }
        return this;
    }

    public DrillReportAssert allowsPromotion() {
        var expected = "No drill failed";
        var failed =
                actual.results().stream().filter(result -> !result.passed()).toList();
        if (!failed.isEmpty()) {
            throw finding(
                    expected,
                    "%d of %d failed".formatted(failed.size(), actual.results().size()),
                    failed.stream()
                            .map(result ->
                                    "%s   %s, its log is %s".formatted(result.id(), result.status(), result.log()))
                            .toList());
        }
        if (actual.results().size() != CASES
                || !actual.overallStatus().equals("passed")
                || !actual.run().succeeded()) {
            throw finding(
                    expected,
                    "%d of %d drills are on record, overall status '%s', the script ended with %s"
                            .formatted(
                                    actual.results().size(),
                                    CASES,
                                    actual.overallStatus(),
                                    actual.run().words()),
                    List.of());
        }
        return this;
    }

    private FindingError finding(String expected, String seen, List<String> details) {
        return new FindingError(new Finding(
                expected,
                seen,
                details,
                "8.5",
                "no promotion until the drills are mended and have run again; attach SUMMARY.md and the failing logs",
                actual.run().byHand()));
    }
}
