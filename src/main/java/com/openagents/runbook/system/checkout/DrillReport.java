package com.openagents.runbook.system.checkout;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run of the restart and reconnect drills left behind (contract 14).
 *
 * @param run the command
 * @param folder where it was told to put its artifacts
 * @param harness the harness that {@code summary.json} names, empty if there is none
 * @param overallStatus of {@code summary.json}, empty if there is none
 * @param results what {@code results.jsonl} says, case by case
 * @param missing the artifacts that are not there or not readable, by name
 */
public record DrillReport(
        CommandRun run, Path folder, String harness, String overallStatus, List<Case> results, List<String> missing) {

    /** One drill. */
    public record Case(String id, String status, String log) {
        public boolean passed() {
            return status.equals("passed");
        }
    }

    public DrillReport {
        results = List.copyOf(results);
        missing = List.copyOf(missing);
    }
}
