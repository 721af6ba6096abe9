package com.openagents.runbook.safety;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;

/** Why a pod waits for what will not come by itself, so that nobody waits along. */
final class Hopeless {
    private static final Set<String> REASONS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError");

    private Hopeless() {}

    /** {@code ErrImagePull: the message}; empty if the pod may still start. */
    static Optional<String> reason(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> status.getContainerStatuses().stream())
                .filter(container -> container.getState() != null)
                .map(container -> container.getState().getWaiting())
                .filter(waiting -> waiting != null && REASONS.contains(String.valueOf(waiting.getReason())))
                .map(waiting -> waiting.getReason() + ": " + waiting.getMessage())
                .findFirst();
    }
}
