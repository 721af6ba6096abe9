package com.openagents.runbook.report.history;

import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What changed since the earlier runs, scenario by scenario; what passes as before is no change. Each scenario is
 * compared with the runs that selected it, whatever else they selected.
 */
public record Changes(List<Change> all) {
    public Changes {
        all = List.copyOf(all);
    }

    /** What changed since the runs that the record of this one names. */
    public static Changes of(Run run) {
        return of(run, run.earlier().runs());
    }

    /** @param earlier the newest first; if there are none, nothing changed */
    public static Changes of(Run run, List<PastRun> earlier) {
        if (earlier.isEmpty()) {
            return new Changes(List.of());
        }
        var pasts = pasts(earlier);
        var now = PastRun.of(run);
        return new Changes(run.scenarios().stream()
                .flatMap(scenario -> change(scenario, now, pasts.getOrDefault(scenario.id(), List.of())).stream())
                .toList());
    }

    /** Those of one kind, in the order of the runbook. */
    public List<Change> of(Change.Kind kind) {
        return all.stream().filter(change -> change.kind() == kind).toList();
    }

    /** Whether anything is worse than before. */
    public boolean worse() {
        return all.stream().anyMatch(Change::worse);
    }

    /** @param said whether or not it was waived */
    private record Past(PastRun run, Verdict verdict, Verdict said) {}

    /** By scenario, the newest first; a run that ended before a scenario did says nothing about it. */
    private static Map<String, List<Past>> pasts(List<PastRun> earlier) {
        var pasts = new HashMap<String, List<Past>>();
        for (var run : earlier) {
            for (var result : run.results()) {
                if (result.verdict() != Verdict.ABORTED && result.verdict() != Verdict.PLANNED) {
                    pasts.computeIfAbsent(result.id(), id -> new ArrayList<>())
                            .add(new Past(run, result.verdict(), result.said()));
                }
            }
        }
        return pasts;
    }

    private static Optional<Change> change(ScenarioResult scenario, PastRun now, List<Past> pasts) {
        var verdict = PastResult.of(scenario).said();
        boolean wasFinding = pasts.stream()
                .map(Past::said)
                .filter(PastResult::checked)
                .findFirst()
                .map(PastResult::finding)
                .orElse(false);
        boolean wasIncomplete = !pasts.isEmpty() && pasts.get(0).said() == Verdict.INCOMPLETE;
        if (PastResult.finding(verdict)) {
            var kind = wasFinding ? Change.Kind.STILL_FAILING : Change.Kind.NEW;
            return Optional.of(change(kind, scenario, now, pasts, 1, PastResult::finding, PastResult::checked));
        } else if (verdict == Verdict.INCOMPLETE) {
            var kind = wasIncomplete ? Change.Kind.STILL_INCOMPLETE : Change.Kind.NEWLY_INCOMPLETE;
            return Optional.of(change(kind, scenario, now, pasts, 1, past -> past == verdict, past -> true));
        } else if (verdict == Verdict.PASSED && wasFinding) {
            return Optional.of(
                    change(Change.Kind.FIXED, scenario, now, pasts, 0, PastResult::finding, PastResult::checked));
        } else if (verdict == Verdict.PASSED && wasIncomplete) {
            return Optional.of(change(
                    Change.Kind.CHECKED_AGAIN,
                    scenario,
                    now,
                    pasts,
                    0,
                    past -> past == Verdict.INCOMPLETE,
                    past -> true));
        }
        return Optional.empty();
    }

    /** Walks back as long as the runs that count say the same. */
    private static Change change(
            Change.Kind kind,
            ScenarioResult scenario,
            PastRun now,
            List<Past> pasts,
            int seenNow,
            Predicate<Verdict> same,
            Predicate<Verdict> counts) {
        var first = now;
        int runs = seenNow;
        for (var past : pasts) {
            if (counts.test(past.said())) {
                if (!same.test(past.said())) {
                    break;
                }
                first = past.run();
                runs++;
            }
        }
        var before = pasts.stream().map(Past::verdict).findFirst();
        return new Change(kind, scenario, before, first.runId(), first.started(), runs);
    }
}
