package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.kubernetes.RuntimePod;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import com.openagents.runbook.system.prometheus.Target;
import com.openagents.runbook.system.prometheus.Targets;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Judges what Prometheus scrapes (runbook 2.2): where nothing is scraped, no alert can fire. */
public final class TargetsAssert extends AbstractAssert<TargetsAssert, Targets> {
    TargetsAssert(Targets actual) {
        super(actual, TargetsAssert.class);
    }

    public TargetsAssert areUp() {
        if (actual.targets().isEmpty()) {
            throw new CouldNotCheck("Prometheus has no scrape target. Ask it by hand:\n" + actual.command());
        }
        var details = actual.targets().stream()
                .filter(target -> !"up".equals(target.health()))
                .map(this::words)
                .toList();
        if (!details.isEmpty()) {
            throw finding(
                    "Every scrape target is up",
                    details.size() + " of " + actual.targets().size() + (details.size() == 1 ? " is not" : " are not"),
                    details);
        }
        return this;
    }

    private String words(Target target) {
        return target.name() + "   " + target.health() + ", job " + target.job() + ", last scraped "
                + Ago.text(target.lastScrape(), actual.at())
                + (target.lastError().isEmpty() ? "" : ": " + target.lastError());
    }

    public TargetsAssert includeEveryReadyPodOf(RuntimePods pods) {
        var scraped = actual.targets().stream()
                .flatMap(target -> target.labels().values().stream())
                .collect(Collectors.toSet());
        var details = pods.ready().stream()
                .map(RuntimePod::name)
                .filter(name -> !scraped.contains(name))
                .map(name -> name + "   is ready but not scraped")
                .toList();
        if (!details.isEmpty()) {
            throw finding(
                    "Every ready runtime pod is scraped",
                    details.size() + " of " + pods.ready().size() + (details.size() == 1 ? " is not" : " are not"),
                    details);
        }
        return this;
    }

    private FindingError finding(String expected, String seen, List<String> details) {
        var next = "look at /metrics of the target, and whether the scraper may reach it (network policy)";
        return new FindingError(new Finding(expected, seen, details, "2.2", next, actual.command()));
    }
}
