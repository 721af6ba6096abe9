package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.prometheus.WatchedMetric;
import com.openagents.runbook.system.prometheus.Watching;
import com.openagents.runbook.system.prometheus.Watching.Use;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Judges whether there is anything to see for those who watch (runbook 2.2): a missing metric is a blind alert. */
public final class WatchedMetricsAssert extends AbstractAssert<WatchedMetricsAssert, List<WatchedMetric>> {
    private WatchedMetricsAssert(List<WatchedMetric> actual) {
        super(actual, WatchedMetricsAssert.class);
    }

    public static WatchedMetricsAssert assertThat(List<WatchedMetric> actual) {
        return new WatchedMetricsAssert(actual);
    }

    public WatchedMetricsAssert haveWhatIsUsedBy(Watching watching) {
        var found = actual.stream().collect(Collectors.toMap(WatchedMetric::name, Function.identity()));
        Map<String, Set<String>> blind = new LinkedHashMap<>();
        for (var use : watching.uses()) {
            problem(found.get(use.selector().metric()), use)
                    .ifPresent(problem -> blind.computeIfAbsent(problem, none -> new LinkedHashSet<>())
                            .add(use.watcher()));
        }
        if (!blind.isEmpty()) {
            throw new FindingError(new Finding(
                    "Every metric and label that a rule or a panel uses exists in the running system",
                    blind.size() + (blind.size() == 1 ? " does not" : " do not"),
                    blind.entrySet().stream()
                            .map(entry ->
                                    entry.getKey() + ", so these are blind: " + String.join(", ", entry.getValue()))
                            .toList(),
                    "2.2",
                    "find who should feed the metric; until then these alerts cannot fire, whatever happens",
                    command(found, watching)));
        }
        return this;
    }

    private static Optional<String> problem(WatchedMetric metric, Use use) {
        if (!metric.exists()) {
            return Optional.of(metric.name() + "   has no series");
        }
        var missing = new TreeSet<>(use.selector().labels());
        missing.removeAll(metric.labels());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(metric.name() + "   has no label " + String.join(", ", missing));
    }

    private static String command(Map<String, WatchedMetric> found, Watching watching) {
        return watching.uses().stream()
                .filter(use -> problem(found.get(use.selector().metric()), use).isPresent())
                .map(use -> found.get(use.selector().metric()).command())
                .findFirst()
                .orElseThrow();
    }
}
