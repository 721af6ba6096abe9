package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.kubernetes.GateRecord;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The post-deploy gate (runbook 6): the migration, and if it completes, the smoke check, as Jobs that are made anew with the
 * image, for the template of a Job cannot be changed. A Job that fails, or cannot pull its image, ends the wait at once.
 * What came of it is kept longer than the Jobs live (contract 18, A5 to A8).
 */
public final class PostDeployGate {
    private static final List<String> JOBS = List.of("runtime-migrate", "runtime-smoke");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration GONE_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Ground ground;
    private final KubernetesClient client;
    private final GateLog log;
    private final Consumer<String> progress;

    public PostDeployGate(Ground ground, Consumer<String> progress) {
        this.ground = ground;
        this.client = ground.client();
        this.log = new GateLog(ground);
        this.progress = progress;
    }

    /**
     * Runs both Jobs with the image; the second only if the first completes.
     *
     * @throws CouldNotCheck if the API server refuses or does not answer
     * @throws UncheckedIOException if a manifest is not there
     */
    public GateResult run(String image) {
        return ground.ask("get, create, delete jobs, list pods, get pods/log, update configmaps", () -> runJobs(image));
    }

    private GateResult runJobs(String image) {
        var runs = new ArrayList<GateRecord>();
        for (var name : JOBS) {
            progress.accept("running " + name + " with " + image);
            var run = run(manifest(name, image), image);
            runs.add(run);
            progress.accept(run.words());
            if (!run.complete()) {
                break;
            }
        }
        var result = new GateResult(runs, runs.size() == JOBS.size());
        GateRecord.keep(client, ground.namespace(), runs);
        return result;
    }

    /** Makes the Job anew and waits for its end. */
    GateRecord run(Job manifest, String image) {
        var name = manifest.getMetadata().getName();
        var jobs = client.batch().v1().jobs().inNamespace(ground.namespace());
        jobs.withName(name)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
        try {
            Awaitility.await("the earlier Job " + name + " to be gone")
                    .atMost(GONE_WITHIN)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .until(() -> jobs.withName(name).get() == null);
        } catch (ConditionTimeoutException stays) {
            return record(
                    manifest,
                    image,
                    "the earlier Job is not gone after " + GONE_WITHIN.toMinutes()
                            + " min, see which finalizer holds it");
        }
        var made = client.resource(manifest).create();
        try {
            Awaitility.await("the end of Job " + name)
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .until(() -> ended(jobs.withName(name).get()));
        } catch (ConditionTimeoutException late) {
            return record(made, image, "not ended after " + LIMIT.toMinutes() + " min");
        }
        return record(jobs.withName(name).get(), image, "");
    }

    private boolean ended(Job job) {
        return job != null
                && (has(job, "Complete")
                        || has(job, "Failed")
                        || !log.cannotStart(job).isEmpty());
    }

    private GateRecord record(Job job, String image, String problem) {
        boolean complete = has(job, "Complete");
        var reason = complete ? "" : problem.isEmpty() ? reason(job) : problem;
        return GateRecord.of(job, image, complete, reason, log.tail(job), ground.redaction());
    }

    private String reason(Job job) {
        return job.getStatus().getConditions().stream()
                .filter(condition -> "Failed".equals(condition.getType()))
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .findFirst()
                .orElseGet(() -> log.cannotStart(job));
    }

    private static boolean has(Job job, String type) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(
                                condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** The Job of this name as the files of the gate have it, with an image. */
    Job manifest(String name, String image) {
        var file = ground.gate().resolve(name + "-job.yaml");
        try (var yaml = Files.newInputStream(file)) {
            return new JobBuilder(client.batch().v1().jobs().load(yaml).item())
                    .editMetadata()
                    .withName(name)
                    .withNamespace(ground.namespace())
                    .endMetadata()
                    .editSpec()
                    .editTemplate()
                    .editSpec()
                    .editFirstContainer()
                    .withImage(image)
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("the manifest of the gate cannot be read: " + file, e);
        }
    }
}
