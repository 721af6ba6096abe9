package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.kubernetes.Reads.Seen;
import com.openagents.runbook.system.kubernetes.RuntimePod.Deletion;
import com.openagents.runbook.system.kubernetes.RuntimePod.Exit;
import com.openagents.runbook.system.kubernetes.RuntimePod.Waiting;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the runtime's pods (runbook 1, {@code kubectl get pods -l app=runtime}). */
final class PodReader {
    private static final String SELECTOR = "app=runtime";
    private static final String CONTAINER = "runtime";

    private final KubernetesClient client;
    private final EventReader events;
    private final Reads reads;

    PodReader(KubernetesClient client, EventReader events, Reads reads) {
        this.client = client;
        this.events = events;
        this.reads = reads;
    }

    RuntimePods runtimePods(String heldAgainst) {
        var seen = reads.seen("pods", this::look);
        var pods = seen.what();
        reads.saw(
                "Runtime pods",
                "get pods -l " + SELECTOR + " -o wide",
                pods.pods().stream().map(pod -> row(pod, pods.at())).toList(),
                heldAgainst,
                pods.at(),
                seen.version());
        return pods;
    }

    private Seen<RuntimePods> look() {
        var list = reads.ask(
                "list pods",
                () -> Pages.read(
                        client.pods().inNamespace(reads.kubectl().namespace()).withLabelSelector(SELECTOR),
                        Optional::of));
        var at = Instant.now();
        boolean allReady = list.items().stream().allMatch(PodReader::isReady);
        var names =
                list.items().stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
        List<Event> warnings = allReady ? List.of() : events.warnings("Pod", names);
        var pods = list.items().stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .map(pod -> record(pod, warnings))
                .toList();
        return new Seen<>(new RuntimePods(pods, at, reads.kubectl()), list.version());
    }

    private static RuntimePod record(Pod pod, List<Event> warnings) {
        var status = container(pod);
        var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        return new RuntimePod(
                pod.getMetadata().getName(),
                Optional.ofNullable(pod.getStatus().getPhase()).orElse("Unknown"),
                isReady(pod),
                warning(pod, warnings),
                pod.getSpec().getContainers().stream()
                        .filter(container -> CONTAINER.equals(container.getName()))
                        .map(container -> container.getImage())
                        .findFirst()
                        .orElse(""),
                status.map(ContainerStatus::getImageID).orElse(""),
                labels.getOrDefault("controller-revision-hash", ""),
                status.map(ContainerStatus::getRestartCount).orElse(0),
                status.flatMap(PodReader::waiting),
                status.flatMap(PodReader::lastExit),
                deletion(pod),
                status.map(ContainerStatus::getState)
                        .map(state -> state.getRunning())
                        .map(running -> running.getStartedAt())
                        .map(Instant::parse));
    }

    private static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> CONTAINER.equals(status.getName()))
                .findFirst();
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static String warning(Pod pod, List<Event> warnings) {
        return warnings.stream()
                .filter(event -> pod.getMetadata()
                        .getName()
                        .equals(event.getInvolvedObject().getName()))
                .map(Event::getMessage)
                .findFirst()
                .orElse("")
                .strip();
    }

    private static Optional<Waiting> waiting(ContainerStatus status) {
        return Optional.ofNullable(status.getState())
                .map(state -> state.getWaiting())
                .map(waiting -> new Waiting(
                        Optional.ofNullable(waiting.getReason()).orElse("waiting"),
                        Optional.ofNullable(waiting.getMessage()).orElse("").strip()));
    }

    private static Optional<Exit> lastExit(ContainerStatus status) {
        return Optional.ofNullable(status.getLastState())
                .map(state -> state.getTerminated())
                .or(() -> Optional.ofNullable(status.getState()).map(state -> state.getTerminated()))
                .map(PodReader::exit);
    }

    private static Exit exit(ContainerStateTerminated ended) {
        return new Exit(
                ended.getExitCode(),
                Optional.ofNullable(ended.getSignal()).orElse(0),
                Optional.ofNullable(ended.getReason()).orElse(""),
                Optional.ofNullable(ended.getFinishedAt()).map(Instant::parse).orElse(Instant.EPOCH));
    }

    /** The API server sets the deletion time to the moment when the grace period ends. */
    private static Optional<Deletion> deletion(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
                .map(Instant::parse)
                .map(due -> new Deletion(
                        due.minusSeconds(Optional.ofNullable(pod.getMetadata().getDeletionGracePeriodSeconds())
                                .orElse(0L)),
                        due));
    }

    private static Map<String, String> row(RuntimePod pod, Instant at) {
        var row = new LinkedHashMap<String, String>();
        row.put("pod", pod.name());
        row.put("ready", pod.ready() ? "yes" : "no");
        row.put("state", pod.state(at));
        row.put("restarts", String.valueOf(pod.restarts()));
        row.put(
                "last exit",
                pod.lastExit()
                        .map(exit -> exit.code() + " " + exit.reason() + " " + exit.at())
                        .orElse("none"));
        row.put("started", pod.startedAt().map(Instant::toString).orElse("not running"));
        row.put("revision", pod.revision());
        row.put("image", pod.image());
        row.put("image id", pod.imageId());
        return row;
    }
}
