package com.openagents.runbook.report.history;

import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * A scenario of a run over the runs kept.
 *
 * @param results the newest first, that of the run itself included; without runs that ended before the scenario did, or only
 *     planned it
 */
public record Track(ScenarioResult scenario, List<PastResult> results) {
    public Track {
        results = List.copyOf(results);
    }

    /** Of each scenario of a run, in the order of the runbook. */
    public static List<Track> of(Run run) {
        var byId = new HashMap<String, List<PastResult>>();
        PastRun.of(run).results().forEach(result -> add(byId, result));
        run.earlier().runs().forEach(past -> past.results().forEach(result -> add(byId, result)));
        return run.scenarios().stream()
                .map(scenario -> new Track(scenario, byId.getOrDefault(scenario.id(), List.of())))
                .toList();
    }

    private static void add(HashMap<String, List<PastResult>> byId, PastResult result) {
        if (result.verdict() != Verdict.ABORTED && result.verdict() != Verdict.PLANNED) {
            byId.computeIfAbsent(result.id(), id -> new ArrayList<>()).add(result);
        }
    }

    public int runs() {
        return results.size();
    }

    public int passed() {
        return (int) results.stream()
                .filter(result -> result.verdict() == Verdict.PASSED)
                .count();
    }

    /** How often its verdict was another one than in the run before. */
    public int flips() {
        int flips = 0;
        for (int i = 1; i < results.size(); i++) {
            flips += results.get(i).verdict() == results.get(i - 1).verdict() ? 0 : 1;
        }
        return flips;
    }

    /** How long it took in the median of the earlier runs; empty if there is none. */
    public Optional<Duration> usually() {
        // Its own result is not among them where it has none.
        int own = scenario.verdict() == Verdict.ABORTED || scenario.verdict() == Verdict.PLANNED ? 0 : 1;
        var earlier = results.stream().skip(own).map(PastResult::took).sorted().toList();
        return earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.get(earlier.size() / 2));
    }
}
