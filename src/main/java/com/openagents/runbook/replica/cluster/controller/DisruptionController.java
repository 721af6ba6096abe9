package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Says in the status of each PodDisruptionBudget how many pods may be evicted now. */
public final class DisruptionController implements Controller {
    private static final Duration DELETION_TIMEOUT = Duration.ofMinutes(2);

    private final ControllerContext context;
    private final Events.Recorder events;
    private final WorkQueue<ObjectKey> queue;

    private record Budget(int expected, int desired) {}

    public DisruptionController(ControllerContext context) {
        this.context = context;
        this.events = context.events().of("controllermanager", null);
        this.queue = new WorkQueue<>("disruption-controller", context.log(), this::reconcile);
        context.informers().watch(PodDisruptionBudget.class, budget -> queue.add(ObjectKey.of(budget)));
        context.informers().watch(Pod.class, pod -> queueAll(pod.getMetadata().getNamespace()));
        context.informers()
                .watch(StatefulSet.class, set -> queueAll(set.getMetadata().getNamespace()));
    }

    private void queueAll(String namespace) {
        context.informers()
                .list(PodDisruptionBudget.class, namespace)
                .forEach(budget -> queue.add(ObjectKey.of(budget)));
    }

    private void reconcile(ObjectKey key) {
        var at = context.client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(key.namespace())
                .withName(key.name());
        var budget = at.get();
        if (budget == null) {
            return;
        }
        var pods = context.client().pods().inNamespace(key.namespace()).list().getItems().stream()
                .filter(pod -> Pods.matches(budget.getSpec().getSelector(), pod))
                .toList();
        if (pods.isEmpty()) {
            events.normal(budget, "NoPods", "No matching pods found");
        }
        context.writeStatus(
                at,
                budget.getMetadata().getUid(),
                now -> withStatus(now, pods, context.clock().instant()));
    }

    private PodDisruptionBudget withStatus(PodDisruptionBudget budget, List<Pod> pods, Instant now) {
        var disrupted = stillDisrupted(budget, pods, now);
        int healthy = (int) pods.stream()
                .filter(pod -> !Pods.isTerminating(pod)
                        && !disrupted.containsKey(pod.getMetadata().getName())
                        && Pods.isReady(pod))
                .count();
        var wanted = wanted(budget, pods);
        int allowed = wanted.expected() <= 0 ? 0 : Math.max(0, healthy - wanted.desired());
        return new PodDisruptionBudgetBuilder(budget)
                .editOrNewStatus()
                .withExpectedPods(wanted.expected())
                .withDesiredHealthy(wanted.desired())
                .withCurrentHealthy(healthy)
                .withDisruptionsAllowed(allowed)
                .withDisruptedPods(disrupted)
                .withObservedGeneration(budget.getMetadata().getGeneration())
                .withConditions(condition(budget, allowed > 0, now))
                .endStatus()
                .build();
    }

    /** Evicted pods that have yet to go. After two minutes nobody believes any more that they will. */
    private Map<String, String> stillDisrupted(PodDisruptionBudget budget, List<Pod> pods, Instant now) {
        var before = budget.getStatus() == null ? null : budget.getStatus().getDisruptedPods();
        var still = new TreeMap<String, String>();
        for (var entry :
                Objects.requireNonNullElse(before, Map.<String, String>of()).entrySet()) {
            var end = Instant.parse(entry.getValue()).plus(DELETION_TIMEOUT);
            var there = pods.stream()
                    .filter(pod -> pod.getMetadata().getName().equals(entry.getKey()) && !Pods.isTerminating(pod))
                    .findFirst();
            if (there.isPresent() && end.isAfter(now)) {
                still.put(entry.getKey(), entry.getValue());
                queue.addAfter(ObjectKey.of(budget), Duration.between(now, end));
            } else if (there.isPresent()) {
                events.warning(
                        there.get(),
                        "NotDeleted",
                        "Pod was expected by PDB %s to be deleted but it wasn't".formatted(ObjectKey.of(budget)));
            }
        }
        return still;
    }

    private Budget wanted(PodDisruptionBudget budget, List<Pod> pods) {
        var spec = budget.getSpec();
        if (spec.getMaxUnavailable() != null) {
            int scale = scale(pods);
            return new Budget(scale, Math.max(0, scale - count(spec.getMaxUnavailable(), scale)));
        }
        if (spec.getMinAvailable() == null) {
            return new Budget(0, 0);
        }
        var integer = spec.getMinAvailable().getIntVal();
        if (integer != null) {
            return new Budget(pods.size(), integer);
        }
        int scale = scale(pods);
        return new Budget(scale, count(spec.getMinAvailable(), scale));
    }

    private static int count(IntOrString value, int scale) {
        if (value.getIntVal() != null) {
            return value.getIntVal();
        }
        var percent = Integer.parseInt(value.getStrVal().replace("%", ""));
        return (int) Math.ceil(percent * scale / 100.0);
    }

    /** How many pods their StatefulSets want altogether. */
    private int scale(List<Pod> pods) {
        return pods.stream()
                .flatMap(pod -> Pods.controllerOf(pod).stream()
                        .map(owner -> new ObjectKey(pod.getMetadata().getNamespace(), owner.getName())))
                .distinct()
                .mapToInt(key -> context.informers()
                        .get(StatefulSet.class, key)
                        .map(set -> set.getSpec().getReplicas())
                        .orElse(0))
                .sum();
    }

    private static Condition condition(PodDisruptionBudget budget, boolean allowed, Instant now) {
        var status = allowed ? "True" : "False";
        var before = budget.getStatus() == null
                ? null
                : budget.getStatus().getConditions().stream()
                        .filter(condition -> condition.getStatus().equals(status))
                        .findFirst()
                        .orElse(null);
        return new ConditionBuilder()
                .withType("DisruptionAllowed")
                .withStatus(status)
                .withReason(allowed ? "SufficientPods" : "InsufficientPods")
                .withMessage("")
                .withObservedGeneration(budget.getMetadata().getGeneration())
                .withLastTransitionTime(before == null ? Pods.time(now) : before.getLastTransitionTime())
                .build();
    }

    @Override
    public void close() {
        queue.close();
    }
}
