package com.openagents.runbook.fleet;

import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunVerdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the run against one environment of a fleet ended.
 *
 * @param exitCode of it; that it passed or failed counts only with a record that proves it
 * @param run what its record says; empty if it left none
 * @param folder where its record is; empty if it left none
 */
public record Outcome(String environment, int exitCode, Optional<Run> run, Optional<Path> folder) {
    /** Worst first, as one run judges its scenarios: what was ended from outside proves least. */
    private static final List<Integer> WORST_FIRST = List.of(
            RunVerdict.ABORTED.exitCode(),
            RunVerdict.NOTHING_SELECTED.exitCode(),
            RunVerdict.FAILED.exitCode(),
            RunVerdict.INCOMPLETE.exitCode(),
            RunVerdict.PASSED.exitCode());

    /** Verdicts that take a record; a Java that cannot start ends with the same exit code as a run with a finding. */
    private static final Set<Integer> JUDGED = Set.of(RunVerdict.PASSED.exitCode(), RunVerdict.FAILED.exitCode());

    /** The verdict by its word; a process that ended in a way of its own is aborted. */
    public String verdict() {
        if (exitCode == RunVerdict.NOTHING_SELECTED.exitCode()) {
            return "not run";
        }
        return run.filter(known -> known.verdict().exitCode() == exitCode)
                .map(known -> known.verdict().word())
                .orElseGet(() -> Arrays.stream(RunVerdict.values())
                        .filter(verdict -> verdict.exitCode() == judged())
                        .findFirst()
                        .orElseThrow()
                        .word());
    }

    private int judged() {
        if (JUDGED.contains(exitCode) && run.isEmpty()) {
            return RunVerdict.INCOMPLETE.exitCode();
        }
        return WORST_FIRST.contains(exitCode) ? exitCode : RunVerdict.ABORTED.exitCode();
    }

    /** The exit code that stands for all of them: that of the worst. */
    public static int exitCode(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(Outcome::judged)
                .min(Comparator.comparing(WORST_FIRST::indexOf))
                .orElse(RunVerdict.NOTHING_SELECTED.exitCode());
    }
}
