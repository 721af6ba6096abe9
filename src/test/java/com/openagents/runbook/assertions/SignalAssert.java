package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.prometheus.QueryAnswer;
import com.openagents.runbook.system.prometheus.Series;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.AbstractAssert;

/** Judges what Prometheus counted, by kind (runbook 4); a finding names the most frequent kind first. */
public final class SignalAssert extends AbstractAssert<SignalAssert, QueryAnswer> {
    SignalAssert(QueryAnswer actual) {
        super(actual, SignalAssert.class);
    }

    /**
     * @param whole how many there were altogether
     * @param percent how many of a hundred may be of the kinds that were asked for
     * @param fewest fewer than so many say nothing, whatever share they are
     * @throws CouldNotCheck if Prometheus has no data for either
     */
    public SignalAssert stayBelow(
            int percent, int fewest, QueryAnswer whole, String expected, String things, String statement, String next) {
        double part = total(actual);
        // Prometheus extends each count to the ends of its window, so a part may come out as more than the whole.
        double all = Math.max(part, total(whole));
        if (part >= fewest && 100 * part / all > percent) {
            var kinds = kinds();
            throw new FindingError(new Finding(
                    expected,
                    "%.0f of %.0f %s (%.0f %%, at most %d %%), most of them %s"
                            .formatted(part, all, things, 100 * part / all, percent, kinds.get(0)),
                    kinds,
                    statement,
                    next,
                    actual.command()));
        }
        return this;
    }

    private List<String> kinds() {
        return actual.series().stream()
                .filter(series -> series.last() > 0)
                .sorted(Comparator.comparingDouble(Series::last).reversed())
                .map(series -> String.join(", ", series.labels().values())
                        + String.format(Locale.ROOT, "   %.0f", series.last()))
                .toList();
    }

    private static double total(QueryAnswer answer) {
        evaluated(answer);
        if (answer.series().isEmpty()) {
            throw new CouldNotCheck("Prometheus has no data for " + answer.query()
                    + ": see whether the pods are scraped (runbook 2.2). By hand:\n" + answer.command());
        }
        return answer.series().stream()
                .mapToDouble(Series::last)
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    private static void evaluated(QueryAnswer answer) {
        if (!answer.problem().isEmpty()) {
            throw new CouldNotCheck("Prometheus cannot evaluate " + answer.query() + ": " + answer.problem());
        }
    }
}
