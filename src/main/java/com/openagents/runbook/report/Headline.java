package com.openagents.runbook.report;

import java.util.Locale;

/** The first words of the report: the verdict and what it rests on. */
record Headline(Run run, Tally tally) {

    String verdict() {
        if (run.verdict() == RunVerdict.WAIVED) {
            var waived = tally.of(Verdict.WAIVED) + " waived";
            return tally.of(Verdict.PASSED) > 0 ? "Passed, " + waived : "Nothing passed, " + waived;
        }
        var word = run.verdict().word();
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Shape and colour of the verdict. */
    String kind() {
        return run.verdict() == RunVerdict.NOTHING_SELECTED
                ? Verdict.FAILED.word()
                : run.verdict().word();
    }

    String where() {
        return run.facts().environment().isEmpty()
                ? "an environment that the record does not name"
                : run.facts().environment();
    }

    String when() {
        return run.started().map(Times::moment).orElse("at an unknown time");
    }

    String title() {
        return verdict() + " · runbook on " + where() + " · " + when();
    }

    String lead() {
        int total = tally.total();
        return switch (run.verdict()) {
            case PASSED -> passed(total);
            case WAIVED ->
                tally.of(Verdict.PASSED) + " of " + total + " passed, each on evidence shown below; "
                        + of(Verdict.WAIVED, total) + " waived: the findings stand, with who answers for them and until"
                        + " when" + andIncomplete() + ".";
            case PLANNED -> "A plan: it shows what the run would do. Nothing was changed and nothing is proven.";
            case NOTHING_SELECTED -> "No scenario was selected, so nothing was checked.";
            case FAILED ->
                tally.of(Verdict.FAILED) == 0
                        ? "The scenarios are not to blame, but the run itself went wrong."
                        : of(Verdict.FAILED, total) + " failed" + andIncomplete() + andWaived() + ".";
            case INCOMPLETE ->
                tally.of(Verdict.INCOMPLETE) == 0
                        ? "Nothing failed, but the record has a gap, so the run proves less than it should."
                        : "Nothing failed, but " + of(Verdict.INCOMPLETE, total) + " could not be checked" + andWaived()
                                + ".";
            case ABORTED ->
                "The run was interrupted before its end; "
                        + (tally.of(Verdict.ABORTED) == 0
                                ? "no scenario was under way."
                                : of(Verdict.ABORTED, total) + " did not finish.");
        };
    }

    private String passed(int total) {
        int incomplete = tally.of(Verdict.INCOMPLETE);
        return incomplete == 0
                ? "Every selected scenario passed, each on evidence shown below."
                : "Every scenario that the environment requires passed, each on evidence shown below; "
                        + of(Verdict.INCOMPLETE, total) + " could not be checked.";
    }

    private String andIncomplete() {
        int incomplete = tally.of(Verdict.INCOMPLETE);
        return incomplete == 0 ? "" : ", " + incomplete + " could not be checked";
    }

    private String andWaived() {
        int waived = tally.of(Verdict.WAIVED);
        return waived == 0 ? "" : ", " + waived + (waived == 1 ? " is waived" : " are waived");
    }

    private String of(Verdict verdict, int total) {
        return tally.of(verdict) + " of " + total + (total == 1 ? " scenario" : " scenarios");
    }
}
