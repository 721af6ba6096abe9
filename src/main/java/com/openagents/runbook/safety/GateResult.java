package com.openagents.runbook.safety;

import com.openagents.runbook.system.kubernetes.GateRecord;
import java.util.List;
import java.util.stream.Collectors;

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

    public String words() {
        return runs.stream().map(GateRecord::words).collect(Collectors.joining("; "));
    }
}
