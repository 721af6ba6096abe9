package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Finding;
import java.util.List;

/** A finding, or an error of the runbook itself, as the page shows it. */
record FindingView(int number, ScenarioResult scenario, Failure failure) {
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
