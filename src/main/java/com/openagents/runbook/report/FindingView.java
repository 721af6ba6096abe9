package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Finding;
import java.util.List;
import java.util.Optional;

/** A finding, or an error of the runbook itself, as the page shows it. */
record FindingView(int number, ScenarioResult scenario, Failure failure, Optional<Waiver> waiver) {
    private static final int MOST_LINES = 60;

    Finding finding() {
        return failure.finding().orElse(null);
    }

    boolean hasDetails() {
        return failure.finding().map(finding -> !finding.details().isEmpty()).orElse(false);
    }

    boolean broken() {
        return !failure.ofTheSystem();
    }

    /** Shape and colour of the verdict. */
    String kind() {
        return waiver.isPresent() ? Verdict.WAIVED.word() : Verdict.FAILED.word();
    }

    String waived() {
        return waiver.map(Waiver::text).orElse("");
    }

    /** Why no waiver counts, if there is one. */
    String notWaived() {
        return scenario.verdict() == Verdict.FAILED ? scenario.reason() : "";
    }

    String headline() {
        return failure.headline();
    }

    String severity() {
        return scenario.severity();
    }

    String message() {
        return failure.message();
    }

    String type() {
        return failure.type().substring(failure.type().lastIndexOf('.') + 1);
    }

    String step() {
        return failure.step();
    }

    String at() {
        return Times.moment(failure.at());
    }

    String name() {
        return scenario.name();
    }

    String id() {
        return scenario.id();
    }

    String location() {
        return scenario.location();
    }

    String marks() {
        return String.join(" · ", ScenarioView.marks(scenario));
    }

    String stack() {
        List<String> lines = failure.stack().lines().toList();
        return lines.size() <= MOST_LINES
                ? failure.stack().strip()
                : String.join("\n", lines.subList(0, MOST_LINES)) + "\n… the rest is in the record";
    }
}
