package com.openagents.runbook.publish.notify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.report.ScenarioResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A change of one scenario as it is told; no text of it holds a secret.
 *
 * @param scenario its id, which stays the same from run to run
 * @param severity empty if the feature does not say
 * @param since when the first run began that had the finding
 * @param finding in one line; empty where it is over
 * @param details the most important ones
 * @param statement of the runbook that says what to do next; empty if there is none
 * @param see the command that shows it by hand; empty if there is none
 */
record Notice(
        Kind change,
        String scenario,
        String section,
        String name,
        String severity,
        Instant since,
        String finding,
        List<String> details,
        String statement,
        String next,
        String see) {
    private static final int MOST_DETAILS = 3;
    private static final int LONGEST = 400;

    enum Kind {
        NEW,
        STILL_FAILING,
        FIXED,
        /** It is as it was, and somebody answers for it. */
        WAIVED;

        /** The words used in reports and documents. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        boolean over() {
            return this == FIXED || this == WAIVED;
        }
    }

    static Notice of(Kind change, ScenarioResult scenario, Instant since, UnaryOperator<String> redact) {
        var finding = change.over() || scenario.failures().isEmpty()
                ? none("")
                : scenario.failures()
                        .get(0)
                        .finding()
                        .orElseGet(() -> none("The runbook itself broke: "
                                + scenario.failures().get(0).headline()));
        return of(change, scenario, since, finding, redact);
    }

    /**
     * A finding of which nobody knows whether it is over.
     *
     * @param unseenSince when the first run began that could not check it any more
     */
    static Notice unseen(ScenarioResult scenario, Instant since, Instant unseenSince, UnaryOperator<String> redact) {
        var words = "It was a finding, and could not be checked since " + unseenSince.truncatedTo(ChronoUnit.SECONDS);
        return of(
                Kind.STILL_FAILING,
                scenario,
                since,
                new Finding(words, scenario.reason(), List.of(), "", "", ""),
                redact);
    }

    private static Notice of(
            Kind change, ScenarioResult scenario, Instant since, Finding finding, UnaryOperator<String> redact) {
        UnaryOperator<String> text = raw -> shortened(redact.apply(raw));
        return new Notice(
                change,
                scenario.id(),
                scenario.section(),
                text.apply(scenario.name()),
                scenario.severity(),
                since.truncatedTo(ChronoUnit.SECONDS),
                text.apply(finding.expected() + (finding.seen().isEmpty() ? "" : ": " + finding.seen())),
                finding.details().stream().limit(MOST_DETAILS).map(text).toList(),
                finding.statement(),
                text.apply(finding.next()),
                text.apply(finding.see()));
    }

    private static Finding none(String words) {
        return new Finding(words, "", List.of(), "", "", "");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** For example {@code New, critical: 1 Every runtime pod is healthy}. */
    @JsonIgnore
    String title() {
        var word = change.word();
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)
                + (severity.isEmpty() ? "" : ", " + severity) + ": " + section + " " + name;
    }

    /** What to do, as the runbook says it; empty if it says nothing. */
    @JsonIgnore
    String action() {
        return next.isEmpty() ? "" : "Next (runbook " + statement + "): " + next;
    }

    /** In UTF-8, as services count. */
    @JsonIgnore
    int bytes() {
        var all = name + finding + String.join("", details) + next + see;
        return all.getBytes(StandardCharsets.UTF_8).length;
    }
}
