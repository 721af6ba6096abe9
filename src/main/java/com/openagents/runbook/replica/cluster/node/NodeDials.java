package com.openagents.runbook.replica.cluster.node;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What faults can turn on the node itself, without touching an object of the API. Pods go by their names. */
public final class NodeDials {
    private static final String ALL = "*";

    private final Map<String, Set<String>> words = new ConcurrentHashMap<>();
    private final Map<String, Long> memoryLimits = new ConcurrentHashMap<>();
    private final Map<String, Long> load = new ConcurrentHashMap<>();
    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private volatile boolean metricsAreUnavailable;

    /** More words for the variable OA_REPLICA_FAULTS of every process that starts in this pod from now on. */
    public void addFaultWords(String pod, Set<String> faults) {
        words.computeIfAbsent(pod, name -> ConcurrentHashMap.newKeySet()).addAll(faults);
    }

    /** As {@link #addFaultWords(String, Set)}, for all pods. */
    public void addFaultWords(Set<String> faults) {
        addFaultWords(ALL, faults);
    }

    /** Without these words again. */
    public void removeFaultWords(String pod, Set<String> faults) {
        words.getOrDefault(pod, new TreeSet<>()).removeAll(faults);
    }

    /** As {@link #removeFaultWords(String, Set)}, for what was added for all pods. */
    public void removeFaultWords(Set<String> faults) {
        removeFaultWords(ALL, faults);
    }

    Set<String> faultWordsOf(String pod) {
        var all = new TreeSet<>(words.getOrDefault(ALL, Set.of()));
        all.addAll(words.getOrDefault(pod, Set.of()));
        return all;
    }

    /**
     * Variables of every process that starts on this node from now on, in the place of its own.
     *
     * @throws IllegalStateException if one of them has another value by a fault that is there already
     */
    public void addVariables(Map<String, String> values) {
        values.forEach((name, value) -> {
            if (!value.equals(variables.getOrDefault(name, value))) {
                throw new IllegalStateException(
                        "two faults give " + name + " different values: put them in one at a time");
            }
        });
        variables.putAll(values);
    }

    /** Those that start from now on have their own again. */
    public void removeVariables(Set<String> names) {
        variables.keySet().removeAll(names);
    }

    Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** The process that runs in the pod now may have so many bytes, whatever its spec says. Its successor is free again. */
    public void memoryLimitOnce(String pod, long bytes) {
        memoryLimits.put(pod, bytes);
    }

    OptionalLong memoryLimit(String pod) {
        var limit = memoryLimits.get(pod);
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    void memoryLimitIsUsed(String pod) {
        memoryLimits.remove(pod);
    }

    /** Adds so many thousandths of a processor to what is measured for each pod. */
    public void addLoad(long milliCores) {
        load.put(ALL, milliCores);
    }

    long loadOf(String pod) {
        return load.getOrDefault(ALL, 0L) + load.getOrDefault(pod, 0L);
    }

    public void metricsUnavailable(boolean unavailable) {
        metricsAreUnavailable = unavailable;
    }

    boolean metricsAreUnavailable() {
        return metricsAreUnavailable;
    }
}
