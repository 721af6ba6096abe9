package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions that every controller asks about pods and their owners. */
public final class Pods {
    private Pods() {}

    public static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? ""
                : pod.getStatus().getPhase();
    }

    public static boolean isTerminating(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    public static boolean isFinished(Pod pod) {
        return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
    }

    public static Optional<PodCondition> condition(Pod pod, String type) {
        if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    public static boolean isReady(Pod pod) {
        return condition(pod, "Ready")
                .filter(ready -> ready.getStatus().equals("True"))
                .isPresent();
    }

    public static boolean isRunningAndReady(Pod pod) {
        return phase(pod).equals("Running") && isReady(pod);
    }

    /** Ready for at least so many seconds. */
    public static boolean isAvailable(Pod pod, int minReadySeconds, Instant now) {
        if (!isRunningAndReady(pod)) {
            return false;
        }
        var since = condition(pod, "Ready").map(PodCondition::getLastTransitionTime);
        return minReadySeconds == 0
                || since.filter(time -> !Instant.parse(time)
                                .plusSeconds(minReadySeconds)
                                .isAfter(now))
                        .isPresent();
    }

    public static Map<String, String> labels(HasMetadata object) {
        return object.getMetadata().getLabels() == null
                ? Map.of()
                : object.getMetadata().getLabels();
    }

    /** Whether the labels fit the selector; an empty selector fits all, no selector fits nothing. */
    public static boolean matches(LabelSelector selector, HasMetadata object) {
        if (selector == null) {
            return false;
        }
        var labels = labels(object);
        var exact = selector.getMatchLabels() == null ? Map.<String, String>of() : selector.getMatchLabels();
        return labels.entrySet().containsAll(exact.entrySet())
                && selector.getMatchExpressions().stream().allMatch(expression -> {
                    var value = labels.get(expression.getKey());
                    return switch (expression.getOperator()) {
                        case "In" -> value != null && expression.getValues().contains(value);
                        case "NotIn" -> value == null || !expression.getValues().contains(value);
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        default -> false;
                    };
                });
    }

    public static Optional<OwnerReference> controllerOf(HasMetadata object) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return owners == null
                ? Optional.empty()
                : owners.stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                        .findFirst();
    }

    public static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
        return controllerOf(object)
                .filter(reference ->
                        reference.getUid().equals(owner.getMetadata().getUid()))
                .isPresent();
    }

    public static OwnerReference ownedBy(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** A time as the API writes it: whole seconds, UTC. */
    public static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
