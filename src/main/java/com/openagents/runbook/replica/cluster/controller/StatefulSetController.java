package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Keeps the pods of StatefulSets as their specs want them. */
public final class StatefulSetController implements Controller {
    private final ControllerContext context;
    private final WorkQueue<ObjectKey> queue;
    private final Revisions revisions;
    private final StatefulPods pods;

    public StatefulSetController(ControllerContext context) {
        this.context = context;
        this.revisions = new Revisions(context.client());
        this.pods =
                new StatefulPods(context.client(), revisions, context.events().of("statefulset-controller", null));
        this.queue = new WorkQueue<>("statefulset-controller", context.log(), this::reconcile);
        context.informers().watch(StatefulSet.class, set -> queue.add(ObjectKey.of(set)));
        context.informers().watch(Pod.class, this::podChanged);
    }

    private void podChanged(Pod pod) {
        Pods.controllerOf(pod)
                .filter(owner -> owner.getKind().equals("StatefulSet"))
                .ifPresent(owner -> queue.add(new ObjectKey(pod.getMetadata().getNamespace(), owner.getName())));
    }

    private void reconcile(ObjectKey key) {
        var at = context.client()
                .apps()
                .statefulSets()
                .inNamespace(key.namespace())
                .withName(key.name());
        var set = at.get();
        if (set == null) {
            return;
        }
        var history = revisions.of(set);
        var pair = revisions.resolve(set, history);
        var members = pods.of(set);
        try {
            new StatefulSetRollout(set, members, pair, pods, context.clock().instant()).run();
        } finally {
            writeStatus(set, pair);
        }
        revisions.truncate(
                set, history, pair, members.stream().map(StatefulPods::revision).toList());
    }

    private void writeStatus(StatefulSet set, Revisions.Pair pair) {
        var members = pods.of(set);
        context.writeStatus(
                context.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(set.getMetadata().getNamespace())
                        .withName(set.getMetadata().getName()),
                set.getMetadata().getUid(),
                now -> new StatefulSetBuilder(now)
                        .withStatus(status(set, now.getStatus(), pair, members))
                        .build());
    }

    private StatefulSetStatus status(
            StatefulSet set, StatefulSetStatus before, Revisions.Pair pair, List<Pod> members) {
        var current = pair.current().getMetadata().getName();
        var update = pair.update().getMetadata().getName();
        int minReady = Objects.requireNonNullElse(set.getSpec().getMinReadySeconds(), 0);
        var now = context.clock().instant();
        var alive = members.stream().filter(pod -> !Pods.isTerminating(pod)).toList();
        int ready = count(members.stream().filter(Pods::isRunningAndReady).toList());
        int available = count(members.stream()
                .filter(pod -> Pods.isAvailable(pod, minReady, now))
                .toList());
        if (available < ready) {
            queue.addAfter(ObjectKey.of(set), Duration.ofSeconds(1));
        }
        int updated = ofRevision(alive, update);
        int ofCurrent = ofRevision(alive, current);
        // Held against what is wanted, not against what is there: a pod that is just being replaced is not there.
        int wanted = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        boolean complete = updated == wanted && ready == wanted && members.size() == wanted;
        if (!StatefulSetRollout.isOnDelete(set) && complete) {
            current = update;
            ofCurrent = updated;
        }
        return new StatefulSetStatusBuilder(before == null ? new StatefulSetStatus() : before)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withReplicas(members.size())
                .withReadyReplicas(ready == 0 ? null : ready)
                .withAvailableReplicas(available)
                .withCurrentReplicas(ofCurrent == 0 ? null : ofCurrent)
                .withUpdatedReplicas(updated == 0 ? null : updated)
                .withCurrentRevision(current)
                .withUpdateRevision(update)
                .withCollisionCount(pair.collisions())
                .build();
    }

    private static int ofRevision(List<Pod> pods, String revision) {
        return count(pods.stream()
                .filter(pod -> StatefulPods.revision(pod).equals(revision))
                .toList());
    }

    private static int count(List<Pod> pods) {
        return pods.size();
    }

    @Override
    public void close() {
        queue.close();
    }
}
