package com.openagents.runbook.replica.runtime.tools;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/** The tools that work on this pod, so that the cancel of their run can end them (contract 7.7). */
public final class InFlightTools {
    private final Map<String, Set<Future<?>>> works = new ConcurrentHashMap<>();

    void add(String runId, Future<?> work) {
        works.compute(runId, (id, known) -> {
            var all = known == null ? ConcurrentHashMap.<Future<?>>newKeySet() : known;
            all.add(work);
            return all;
        });
    }

    void remove(String runId, Future<?> work) {
        works.computeIfPresent(runId, (id, known) -> {
            known.remove(work);
            return known.isEmpty() ? null : known;
        });
    }

    /** Ends the tools of the run that work on this pod; returns at once. */
    public void kill(String runId) {
        works.getOrDefault(runId, Set.of()).forEach(work -> work.cancel(true));
    }
}
