package com.openagents.runbook.replica.cluster.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the resource metrics API says about the pods of a namespace. */
@FunctionalInterface
public interface PodMetrics {

    /**
     * The use of one pod.
     *
     * @param milliCores processor time, in thousandths of a processor
     * @param at when it was measured
     * @param window over how long it was measured
     */
    record Sample(long milliCores, Instant at, Duration window) {}

    /**
     * @return the newest sample of each pod, by pod name; pods without one are left out
     * @throws MetricsUnavailable if the metrics API does not answer
     */
    Map<String, Sample> cpu(String namespace) throws MetricsUnavailable;

    /** The metrics API did not answer. The message is what it or its proxy said. */
    final class MetricsUnavailable extends Exception {
        private static final long serialVersionUID = 1L;

        public MetricsUnavailable(String message) {
            super(message);
        }
    }
}
