package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Runs Jobs to completion. */
public final class JobController implements Controller {
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LAST_BACK_OFF = Duration.ofMinutes(10);
    private static final String PREFIX = "batch.kubernetes.io/";

    private final ControllerContext context;
    private final Events.Recorder events;
    private final WorkQueue<ObjectKey> queue;
    private final Map<String, JobTally> tallies = new ConcurrentHashMap<>();

    public JobController(ControllerContext context) {
        this.context = context;
        this.events = context.events().of("job-controller", null);
        this.queue = new WorkQueue<>("job-controller", context.log(), this::reconcile);
        context.informers().watch(Job.class, job -> queue.add(ObjectKey.of(job)), this::forget);
        context.informers().watch(Pod.class, pod -> podChanged(pod, false), pod -> podChanged(pod, true));
    }

    private void forget(Job job) {
        tallies.remove(job.getMetadata().getUid());
    }

    private void podChanged(Pod pod, boolean gone) {
        Pods.controllerOf(pod).filter(owner -> owner.getKind().equals("Job")).ifPresent(owner -> {
            if (gone) {
                tally(owner.getUid()).gone(pod, context.clock().instant());
            }
            queue.add(new ObjectKey(pod.getMetadata().getNamespace(), owner.getName()));
        });
    }

    private JobTally tally(String uid) {
        return tallies.computeIfAbsent(uid, any -> new JobTally());
    }

    private void reconcile(ObjectKey key) {
        var job = context.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        if (job == null || Pods.isTerminating(job) || JobVerdict.isFinished(job)) {
            return;
        }
        var now = context.clock().instant();
        var pods = podsOf(job);
        var tally = tally(job.getMetadata().getUid());
        tally.count(pods, now);
        var started = startTime(job).orElse(now);
        var verdict = JobVerdict.of(job, pods, tally, started, now);
        if (verdict.isDecided()) {
            pods = removeActive(job, pods);
            tally.count(pods, now);
        } else {
            pods = createMissing(job, pods, tally, now);
        }
        writeStatus(job, pods, tally, verdict, started);
        deadline(job, started).ifPresent(end -> queue.addAfter(key, Duration.between(now, end)));
    }

    static Optional<Instant> startTime(Job job) {
        return Optional.ofNullable(job.getStatus()).map(JobStatus::getStartTime).map(Instant::parse);
    }

    static Optional<Instant> deadline(Job job, Instant started) {
        return Optional.ofNullable(job.getSpec().getActiveDeadlineSeconds()).map(started::plusSeconds);
    }

    private List<Pod> podsOf(Job job) {
        return context.client().pods().inNamespace(job.getMetadata().getNamespace()).list().getItems().stream()
                .filter(pod -> Pods.isControlledBy(pod, job))
                .toList();
    }

    private List<Pod> removeActive(Job job, List<Pod> pods) {
        var active = pods.stream().filter(JobTally::isActive).toList();
        if (active.isEmpty()) {
            return pods;
        }
        for (var pod : active) {
            context.client().resource(pod).delete();
            events.normal(
                    job, "SuccessfulDelete", "Deleted pod: " + pod.getMetadata().getName());
        }
        return podsOf(job);
    }

    private List<Pod> createMissing(Job job, List<Pod> pods, JobTally tally, Instant now) {
        int completions = Objects.requireNonNullElse(job.getSpec().getCompletions(), 1);
        int parallelism = Objects.requireNonNullElse(job.getSpec().getParallelism(), 1);
        long active = pods.stream().filter(JobTally::isActive).count();
        long missing = Math.min(parallelism, completions - tally.succeeded()) - active;
        if (missing <= 0 || Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return pods;
        }
        var wait = tally.waitAfterFailure(context.faster(FIRST_BACK_OFF), context.faster(LAST_BACK_OFF), now);
        if (!wait.isZero()) {
            queue.addAfter(ObjectKey.of(job), wait);
            return pods;
        }
        var all = new ArrayList<>(pods);
        for (long i = 0; i < missing; i++) {
            all.add(create(job));
        }
        return all;
    }

    private Pod create(Job job) {
        try {
            var pod = context.client().resource(newPod(job)).create();
            events.normal(
                    job, "SuccessfulCreate", "Created pod: " + pod.getMetadata().getName());
            return pod;
        } catch (KubernetesClientException refused) {
            var status = refused.getStatus();
            events.warning(
                    job,
                    "FailedCreate",
                    "Error creating: " + (status == null ? refused.getMessage() : status.getMessage()));
            throw refused;
        }
    }

    private static Pod newPod(Job job) {
        var template = job.getSpec().getTemplate();
        var metadata = Objects.requireNonNullElseGet(template.getMetadata(), ObjectMeta::new);
        var labels = new TreeMap<String, String>();
        var uid = job.getMetadata().getUid();
        var name = job.getMetadata().getName();
        labels.putAll(Map.of(
                "controller-uid", uid, "job-name", name, PREFIX + "controller-uid", uid, PREFIX + "job-name", name));
        labels.putAll(Objects.requireNonNullElse(metadata.getLabels(), Map.of()));
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName(name + "-")
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(labels)
                .withAnnotations(metadata.getAnnotations())
                .withOwnerReferences(Pods.ownedBy(job))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private void writeStatus(Job job, List<Pod> pods, JobTally tally, JobVerdict verdict, Instant started) {
        var now = context.clock().instant();
        boolean idle = pods.stream().noneMatch(pod -> Pods.isTerminating(pod) || JobTally.isActive(pod));
        var at = context.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(job.getMetadata().getNamespace())
                .withName(job.getMetadata().getName());
        context.writeStatus(at, job.getMetadata().getUid(), before -> {
            var status = new JobBuilder(before)
                    .editOrNewStatus()
                    .withStartTime(Pods.time(startTime(before).orElse(started)))
                    .withActive(orNull(pods.stream().filter(JobTally::isActive).count()))
                    .withReady((int) pods.stream()
                            .filter(pod -> JobTally.isActive(pod) && Pods.isReady(pod))
                            .count())
                    .withTerminating((int) pods.stream()
                            .filter(pod -> Pods.isTerminating(pod) && !Pods.isFinished(pod))
                            .count())
                    .withSucceeded(orNull(tally.succeeded()))
                    .withFailed(orNull(tally.failed()))
                    .withNewUncountedTerminatedPods()
                    .endUncountedTerminatedPods()
                    .withConditions(verdict.conditions(before, idle, now));
            if (verdict.isSuccess() && idle) {
                status.withCompletionTime(Pods.time(now));
            }
            return status.endStatus().build();
        });
        if (verdict.isDecided() && idle) {
            verdict.announce(job, events);
        }
    }

    private static Integer orNull(long count) {
        return count == 0 ? null : (int) count;
    }

    @Override
    public void close() {
        queue.close();
    }
}
