package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What can be wrong with the proof that the last deploy works. Where the gate has not run yet, it runs first. */
final class SmokeFaults {
    private static final String SMOKE = "runtime-smoke";
    private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";

    private SmokeFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(failed(), expired(), beforeDeploy());
    }

    private static Fault<ClusterReplica> failed() {
        return new ClusterFault(
                "smoke-failed",
                "The last smoke run asked a Service that does not exist, and failed.",
                "the last smoke run has failed: BackoffLimitExceeded",
                objects -> {
                    var smoke = smoke(objects);
                    objects.cluster()
                            .client()
                            .resource(smoke)
                            .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                            .delete();
                    objects.cluster().client().resource(askingNobody(smoke)).create();
                },
                objects -> objects.job(SMOKE)
                        .filter(job -> Objects.hasCondition(job, "Failed"))
                        .isPresent());
    }

    private static Job askingNobody(Job smoke) {
        var template = smoke.getSpec().getTemplate();
        var environment = template.getSpec().getContainers().get(0).getEnv().stream()
                .map(variable -> variable.getName().equals("SMOKE_BASE_URL")
                        ? new EnvVar("SMOKE_BASE_URL", "http://runtime.openagents-stagging.svc.cluster.local", null)
                        : variable)
                .toList();
        return new JobBuilder(smoke)
                .withNewMetadata()
                .withName(SMOKE)
                .withNamespace(smoke.getMetadata().getNamespace())
                .withLabels(smoke.getMetadata().getLabels())
                .endMetadata()
                .editSpec()
                .withSelector(null)
                .editTemplate()
                .editMetadata()
                .removeFromLabels("controller-uid")
                .removeFromLabels("batch.kubernetes.io/controller-uid")
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withEnv(environment)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withStatus(null)
                .build();
    }

    private static Fault<ClusterReplica> expired() {
        return new ClusterFault(
                "smoke-expired",
                "The last smoke run is longer ago than its Job is kept: the Job was removed (contract 18.1, A8).",
                "there is no Job runtime-smoke",
                objects -> Objects.edit(
                        objects.cluster().client().resource(smoke(objects)),
                        job -> new JobBuilder(job)
                                .editSpec()
                                .withTtlSecondsAfterFinished(0)
                                .endSpec()
                                .build()),
                objects -> objects.job(SMOKE).isEmpty());
    }

    private static Fault<ClusterReplica> beforeDeploy() {
        return new ClusterFault(
                "smoke-before-deploy",
                "The pods were rolled out anew after the last smoke run. All of them are healthy.",
                "the last smoke run is older than the last rollout",
                objects -> {
                    smoke(objects);
                    objects.editSet(set -> set.editSpec()
                            .editTemplate()
                            .editOrNewMetadata()
                            .addToAnnotations(
                                    RESTARTED,
                                    Instant.now()
                                            .truncatedTo(ChronoUnit.SECONDS)
                                            .toString())
                            .endMetadata()
                            .endTemplate()
                            .endSpec());
                },
                objects -> objects.isSettled()
                        && objects.set()
                                        .getSpec()
                                        .getTemplate()
                                        .getMetadata()
                                        .getAnnotations()
                                        .get(RESTARTED)
                                != null
                        && objects.pods().stream()
                                .allMatch(pod -> pod.getMetadata().getAnnotations() != null
                                        && pod.getMetadata().getAnnotations().containsKey(RESTARTED)));
    }

    private static Job smoke(Objects objects) {
        if (objects.job(SMOKE).isEmpty()) {
            objects.runGate();
        }
        return objects.job(SMOKE).orElseThrow();
    }
}
