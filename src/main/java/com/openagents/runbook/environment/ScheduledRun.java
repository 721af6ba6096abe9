package com.openagents.runbook.environment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run that a scheduler starts again and again.
 *
 * @param every when, as the five fields of cron
 * @param image the image of the runbook
 * @param deadline how long a run may take
 * @param volume the size of the volume that keeps records, as Kubernetes writes it; empty if nothing outlives a run
 * @param secret the name of the Secret whose keys are the variables that the environment refers to
 * @param arguments what else the run is told
 */
public record ScheduledRun(
        String every, String image, String deadline, Optional<String> volume, String secret, List<String> arguments) {
    private static final String CRON = "(@(hourly|daily|midnight|weekly)|[-0-9*/,]+( [-0-9A-Za-z*/,]+){4})";
    /** Of the daily checks that are about 150 MB. */
    private static final int KEPT_RUNS = 250;

    private static final String QUANTITY = "[1-9][0-9]*(Mi|Gi|Ti)";

    /** @throws EnvironmentProblem if a field is not what it should be */
    public ScheduledRun {
        if (!every.matches(CRON)) {
            throw new EnvironmentProblem(
                    "--every: expected the five fields of cron, for example \"*/10 * * * *\", seen '" + every + "'");
        }
        try {
            Durations.parse(deadline);
        } catch (IllegalArgumentException e) {
            throw new EnvironmentProblem("--deadline: " + e.getMessage());
        }
        volume.filter(size -> !size.matches(QUANTITY)).ifPresent(size -> {
            throw new EnvironmentProblem("--history-volume: expected a size such as 2Gi, seen '" + size + "'");
        });
        arguments = List.copyOf(arguments);
    }

    /** The arguments of each run, but for those that say where it looks. */
    public List<String> told() {
        var told = new ArrayList<>(arguments);
        told.addAll(List.of("--output", RunnerPod.RECORDS + "/runs", "--deadline", deadline));
        volume.ifPresent(size ->
                told.addAll(List.of("--history", RunnerPod.RECORDS + "/history", "--keep", String.valueOf(KEPT_RUNS))));
        return told;
    }

    Duration limit() {
        return Durations.parse(deadline);
    }
}
