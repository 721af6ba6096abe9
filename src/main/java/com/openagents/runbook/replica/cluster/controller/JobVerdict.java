package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether a Job has come to an end, and to which. */
record JobVerdict(Kind kind, String reason, String message) {
    enum Kind {
        OPEN,
        SUCCESS,
        FAILURE
    }

    private static final JobVerdict OPEN = new JobVerdict(Kind.OPEN, "", "");

    static boolean isFinished(Job job) {
        return hasCondition(job, "Complete") || hasCondition(job, "Failed");
    }

    static JobVerdict of(Job job, List<Pod> pods, JobTally tally, Instant started, Instant now) {
        var before = conditions(job).stream()
                .filter(condition -> condition.getType().equals("FailureTarget")
                        || condition.getType().equals("SuccessCriteriaMet"))
                .findFirst();
        if (before.isPresent()) {
            var kind = before.get().getType().equals("FailureTarget") ? Kind.FAILURE : Kind.SUCCESS;
            return new JobVerdict(kind, before.get().getReason(), before.get().getMessage());
        }
        int limit = Objects.requireNonNullElse(job.getSpec().getBackoffLimit(), 6);
        if (tally.failed() > limit || restartsReach(job, pods, limit)) {
            return new JobVerdict(Kind.FAILURE, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
        if (JobController.deadline(job, started)
                .filter(end -> !end.isAfter(now))
                .isPresent()) {
            return new JobVerdict(Kind.FAILURE, "DeadlineExceeded", "Job was active longer than specified deadline");
        }
        int completions = Objects.requireNonNullElse(job.getSpec().getCompletions(), 1);
        if (tally.succeeded() >= completions) {
            return new JobVerdict(Kind.SUCCESS, "CompletionsReached", "Reached expected number of succeeded pods");
        }
        return OPEN;
    }

    /** With OnFailure, restarts of containers in pods that still exist count against the back-off limit. */
    private static boolean restartsReach(Job job, List<Pod> pods, int limit) {
        if (!"OnFailure".equals(job.getSpec().getTemplate().getSpec().getRestartPolicy())) {
            return false;
        }
        int restarts = pods.stream()
                .filter(pod ->
                        Pods.phase(pod).equals("Running") || Pods.phase(pod).equals("Pending"))
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .mapToInt(ContainerStatus::getRestartCount)
                .sum();
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }

    boolean isDecided() {
        return kind != Kind.OPEN;
    }

    boolean isSuccess() {
        return kind == Kind.SUCCESS;
    }

    /** @param idle whether no pod of the Job runs any more; only then is the end final */
    List<JobCondition> conditions(Job job, boolean idle, Instant now) {
        var conditions = new ArrayList<>(conditions(job));
        if (isDecided()) {
            add(conditions, isSuccess() ? "SuccessCriteriaMet" : "FailureTarget", now);
            if (idle) {
                add(conditions, isSuccess() ? "Complete" : "Failed", now);
            }
        }
        return conditions;
    }

    void announce(Job job, Events.Recorder events) {
        if (isSuccess()) {
            events.normal(job, "Completed", "Job completed");
        } else {
            events.warning(job, reason, message);
        }
    }

    private void add(List<JobCondition> conditions, String type, Instant now) {
        if (conditions.stream().noneMatch(condition -> condition.getType().equals(type))) {
            conditions.add(new JobConditionBuilder()
                    .withType(type)
                    .withStatus("True")
                    .withReason(reason)
                    .withMessage(message)
                    .withLastProbeTime(Pods.time(now))
                    .withLastTransitionTime(Pods.time(now))
                    .build());
        }
    }

    private static List<JobCondition> conditions(Job job) {
        return job.getStatus() == null ? List.of() : job.getStatus().getConditions();
    }

    private static boolean hasCondition(Job job, String type) {
        return conditions(job).stream()
                .anyMatch(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals("True"));
    }

    /** When a finished Job reached its end. */
    static Instant finishedAt(Job job) {
        return conditions(job).stream()
                .filter(condition -> condition.getType().equals("Complete")
                        || condition.getType().equals("Failed"))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .findFirst()
                .orElseThrow();
    }
}
