package com.openagents.runbook.system.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HorizontalPodAutoscaler {@code runtime}.
 *
 * @param exists false if there is none; then nothing else is known
 * @param conditions by type, for example {@code ScalingActive}
 * @param utilization the CPU utilisation that it reads, in percent of the request; empty if it reads none
 * @param target the utilisation it aims at, in percent
 * @param rescales the rescales that are still on record as events, newest first
 */
public record Autoscaler(
        boolean exists,
        int min,
        int max,
        int current,
        int desired,
        Map<String, Condition> conditions,
        Optional<Integer> utilization,
        int target,
        List<Rescale> rescales,
        Instant at,
        Kubectl kubectl) {

    public record Condition(boolean status, String reason, String message, Instant since) {}

    /** @param times how often this very message came, the last time at {@code at} */
    public record Rescale(String message, int times, Instant first, Instant at) {}

    public Autoscaler {
        conditions = Map.copyOf(conditions);
        rescales = List.copyOf(rescales);
    }

    static Autoscaler missing(Instant at, Kubectl kubectl) {
        return new Autoscaler(false, 0, 0, 0, 0, Map.of(), Optional.empty(), 0, List.of(), at, kubectl);
    }

    public Optional<Condition> condition(String type) {
        return Optional.ofNullable(conditions.get(type));
    }

    /** How many rescales are on record since then; an event that repeated within the window counts each time. */
    public int rescalesSince(Instant since) {
        return rescales.stream()
                .filter(rescale -> !rescale.at().isBefore(since))
                .mapToInt(rescale -> rescale.first().isBefore(since) ? 1 : rescale.times())
                .sum();
    }
}
