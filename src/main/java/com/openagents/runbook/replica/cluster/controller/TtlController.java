package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;

/** Removes finished Jobs after their {@code ttlSecondsAfterFinished}. */
public final class TtlController implements Controller {
    private final ControllerContext context;
    private final WorkQueue<ObjectKey> queue;

    public TtlController(ControllerContext context) {
        this.context = context;
        this.queue = new WorkQueue<>("ttl-after-finished-controller", context.log(), this::reconcile);
        context.informers().watch(Job.class, job -> queue.add(ObjectKey.of(job)));
    }

    private void reconcile(ObjectKey key) {
        var job = context.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        if (job == null
                || job.getSpec().getTtlSecondsAfterFinished() == null
                || Pods.isTerminating(job)
                || !JobVerdict.isFinished(job)) {
            return;
        }
        var end = JobVerdict.finishedAt(job).plusSeconds(job.getSpec().getTtlSecondsAfterFinished());
        var left = Duration.between(context.clock().instant(), end);
        if (left.isNegative() || left.isZero()) {
            context.client()
                    .resource(job)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        } else {
            queue.addAfter(key, left);
        }
    }

    @Override
    public void close() {
        queue.close();
    }
}
