package com.openagents.runbook.replica.cluster;

import com.openagents.runbook.replica.cluster.controller.Pods;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The post-deploy gate: runtime-migrate, and if that completes, runtime-smoke, both with the StatefulSet's image. */
public final class SmokeGate {
    private static final List<String> JOBS = List.of("runtime-migrate", "runtime-smoke");
    private static final Duration LOOK = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final String namespace;

    /** @param outcomes of the Jobs that were run, in order */
    public record Result(List<Outcome> outcomes) {
        public Result {
            outcomes = List.copyOf(outcomes);
        }

        public boolean isPassed() {
            return outcomes.size() == JOBS.size() && outcomes.stream().allMatch(Outcome::isComplete);
        }
    }

    /**
     * @param end the condition the Job ended with, {@code Complete} or {@code Failed}
     * @param log what its pod wrote; empty if the pod has gone with the failure
     */
    public record Outcome(String job, String end, String log) {
        public boolean isComplete() {
            return end.equals("Complete");
        }
    }

    SmokeGate(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    Result run(Duration limit, Consumer<String> progress) {
        var outcomes = new ArrayList<Outcome>();
        for (var name : JOBS) {
            progress.accept("running " + name);
            var outcome = run(name, limit);
            outcomes.add(outcome);
            if (!outcome.isComplete()) {
                break;
            }
        }
        return new Result(outcomes);
    }

    private Outcome run(String name, Duration limit) {
        var jobs = client.batch().v1().jobs().inNamespace(namespace);
        jobs.withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
        client.resource(new Manifests(client).job(name, namespace, image())).create();
        try {
            var job = Awaitility.await("end of Job " + name)
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .until(() -> jobs.withName(name).get(), SmokeGate::hasEnded);
            return new Outcome(name, end(job), log(job));
        } catch (ConditionTimeoutException late) {
            throw new IllegalStateException("Job %s has not ended after %d s".formatted(name, limit.toSeconds()), late);
        }
    }

    private String image() {
        return client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("runtime")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    private static boolean hasEnded(Job job) {
        return job != null && !end(job).isEmpty();
    }

    private static String end(Job job) {
        return job.getStatus() == null
                ? ""
                : job.getStatus().getConditions().stream()
                        .filter(condition -> condition.getStatus().equals("True"))
                        .map(condition -> condition.getType())
                        .filter(type -> type.equals("Complete") || type.equals("Failed"))
                        .findFirst()
                        .orElse("");
    }

    private String log(Job job) {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel("job-name", job.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .filter(pod -> Pods.isControlledBy(pod, job))
                .findFirst()
                .map(pod -> {
                    try {
                        return client.pods().resource(pod).getLog();
                    } catch (KubernetesClientException gone) {
                        return "";
                    }
                })
                .orElse("");
    }
}
