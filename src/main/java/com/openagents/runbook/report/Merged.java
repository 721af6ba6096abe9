package com.openagents.runbook.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Of which runs a run was merged.
 *
 * @param parts in the order in which they began; empty for a run that was not merged
 * @param several the scenarios of which more than one of them has a result
 */
public record Merged(List<Part> parts, List<Several> several) {
    static final Merged NOT = new Merged(List.of(), List.of());

    public Merged {
        parts = List.copyOf(parts);
        several = List.copyOf(several);
    }

    /**
     * One of the runs.
     *
     * @param shard which part of the selected scenarios it was about; empty for all
     * @param recordSha256 of its own record, 64 hexadecimal digits
     */
    public record Part(
            String runId, String shard, String startedBy, Optional<Instant> from, String verdict, String recordSha256) {
        static Part of(Run run, String recordSha256) {
            return new Part(
                    run.facts().runId(),
                    run.facts().selection().shard(),
                    run.facts().startedBy(),
                    run.started(),
                    run.verdict().word(),
                    recordSha256);
        }

        /** What tells it from the others, in few words. */
        String label() {
            return shard.isEmpty() ? "run " + runId : "shard " + shard;
        }
    }

    /** A scenario with several results, of which the worst counts. */
    public record Several(String id, String name, List<String> results) {
        public Several {
            results = List.copyOf(results);
        }
    }
}
