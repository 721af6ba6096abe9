package com.openagents.runbook.replica.cluster.faults;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.function.UnaryOperator;

/** Runs a Job of the gate once more with something about its container changed. */
final class GateJobs {
    private GateJobs() {}

    static void again(Objects objects, String name, UnaryOperator<ContainerBuilder> change) {
        var job = objects.job(name).orElseThrow();
        var client = objects.cluster().client();
        client.resource(job)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
        client.resource(fresh(job, change)).create();
        objects.await("the end of " + name, () -> hasEnded(objects, name));
    }

    private static Job fresh(Job job, UnaryOperator<ContainerBuilder> change) {
        var container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
        return new JobBuilder(job)
                .withNewMetadata()
                .withName(job.getMetadata().getName())
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(job.getMetadata().getLabels())
                .endMetadata()
                .editSpec()
                .withSelector(null)
                .editTemplate()
                .editMetadata()
                .removeFromLabels("controller-uid")
                .removeFromLabels("batch.kubernetes.io/controller-uid")
                .removeFromLabels("job-name")
                .removeFromLabels("batch.kubernetes.io/job-name")
                .endMetadata()
                .editSpec()
                .withContainers(change.apply(new ContainerBuilder(container)).build())
                .endSpec()
                .endTemplate()
                .endSpec()
                .withStatus(null)
                .build();
    }

    static boolean isComplete(Objects objects, String name) {
        return objects.job(name)
                .filter(job -> Objects.hasCondition(job, "Complete"))
                .isPresent();
    }

    private static boolean hasEnded(Objects objects, String name) {
        return objects.job(name)
                .filter(job -> Objects.hasCondition(job, "Complete") || Objects.hasCondition(job, "Failed"))
                .isPresent();
    }
}
