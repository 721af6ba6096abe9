package com.openagents.runbook.system.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One metric as every pod counts it, from the start of each (contract 11.1).
 *
 * @param name the metric
 * @param pods every pod that was asked
 * @param samples what the pods hold of the metric
 * @param command shows the same by hand
 */
public record PodMetrics(String name, List<String> pods, List<Sample> samples, Instant at, String command) {
    public PodMetrics {
        pods = List.copyOf(pods);
        samples = List.copyOf(samples);
    }

    public record Sample(String pod, Map<String, String> labels, double value) {
        public String label(String label) {
            return labels.getOrDefault(label, "");
        }
    }

    /** The sum over all pods of the samples whose label has this value. */
    public double sum(String label, String value) {
        return samples.stream()
                .filter(sample -> sample.label(label).equals(value))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** As {@link #sum(String, String)}, for one pod. */
    public double of(String pod, String label, String value) {
        return samples.stream()
                .filter(sample ->
                        sample.pod().equals(pod) && sample.label(label).equals(value))
                .mapToDouble(Sample::value)
                .sum();
    }

    public double total() {
        return samples.stream().mapToDouble(Sample::value).sum();
    }
}
