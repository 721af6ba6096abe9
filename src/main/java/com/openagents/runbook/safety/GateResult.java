package com.openagents.runbook.safety;

import com.openagents.runbook.system.kubernetes.GateRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of the post-deploy gate.
 *
 * @param runs of the Jobs that were run, in order
 * @param all whether none was left out because one before it failed
 */
public record GateResult(List<GateRecord> runs, boolean all) {
    public GateResult {
        runs = List.copyOf(runs);
    }

    public boolean passed() {
        return all && runs.stream().allMatch(GateRecord::complete);
    }

    /** Each run as it stands in the evidence. */
    public List<Map<String, String>> rows() {
        return runs.stream()
                .map(run -> Map.of("job", run.job(), "image", run.image(), "end", run.words(), "log", run.log()))
                .toList();
    }

    /** Each run in words, with what its pod wrote. */
    public List<String> lines() {
        return runs.stream()
                .flatMap(run ->
                        Stream.concat(Stream.of(run.words()), run.log().lines().map(line -> "  " + line)))
                .toList();
    }

    public String words() {
        return runs.stream().map(GateRecord::words).collect(Collectors.joining("; "));
    }
}
