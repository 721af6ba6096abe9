package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.Look;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person looks at after a finding about a pod or a Job: its state, what happened to it, the end of its log. */
final class PodLook {
    private static final int MOST_EVENTS = 10;
    private static final int MOST_PODS = 3;

    private final KubernetesClient client;
    private final EventReader events;
    private final LogEnd logs;
    private final Reads reads;

    PodLook(KubernetesClient client, EventReader events, Reads reads) {
        this.client = client;
        this.events = events;
        this.logs = new LogEnd(client, reads);
        this.reads = reads;
    }

    List<Look> atPod(String name) {
        return List.of(
                look(
                        "the state of pod " + name,
                        "list pods",
                        "describe pod " + name,
                        () -> podsNamed(name).forEach(this::describe)),
                look("the events of pod " + name, "list events", eventsOf("Pod", name), () -> events("Pod", name)),
                look(
                        "the log of pod " + name,
                        "get pods/log",
                        "logs " + name,
                        () -> podsNamed(name).forEach(logs::read)));
    }

    List<Look> atJob(String name) {
        var pods = "get pods -l job-name=" + name;
        return List.of(
                look("the state of Job " + name, "get jobs", "describe job " + name, () -> describeJob(name)),
                look("the events of Job " + name, "list events", eventsOf("Job", name), () -> events("Job", name)),
                look("the pods of Job " + name, "list pods", pods, () -> describePodsOf(name)),
                look(
                        "the logs of Job " + name,
                        "get pods/log",
                        "logs job/" + name,
                        () -> newest(podsOf(name)).forEach(logs::read)));
    }

    private Look look(String what, String permission, String arguments, Runnable act) {
        return new Look(what, permission, reads.kubectl().command(arguments), act);
    }

    private static String eventsOf(String kind, String name) {
        return "get events --field-selector involvedObject.kind=" + kind + ",involvedObject.name=" + name;
    }

    private List<Pod> podsNamed(String name) {
        return reads.ask(
                "list pods",
                () -> client.pods()
                        .inNamespace(reads.kubectl().namespace())
                        .withField("metadata.name", name)
                        .list()
                        .getItems());
    }

    private List<Pod> podsOf(String job) {
        return reads.ask("list pods", () -> JobPods.of(client, reads.kubectl().namespace(), job));
    }

    private static List<Pod> newest(List<Pod> pods) {
        return pods.subList(Math.max(0, pods.size() - MOST_PODS), pods.size());
    }

    private void describePodsOf(String job) {
        var pods = podsOf(job);
        if (pods.isEmpty()) {
            // The control plane removes them where a Job gives up.
            saw("Pods of Job " + job + ", of which none is left", "get pods -l job-name=" + job, List.of(), "");
        }
        newest(pods).forEach(this::describe);
        var older = pods.subList(0, Math.max(0, pods.size() - MOST_PODS));
        if (!older.isEmpty()) {
            saw(
                    "Older pods of Job " + job + ", which are not looked at",
                    "get pods -l job-name=" + job,
                    older.stream()
                            .map(pod -> Rows.of("pod", pod.getMetadata().getName()))
                            .toList(),
                    "");
        }
    }

    private void describe(Pod pod) {
        var name = pod.getMetadata().getName();
        var status = pod.getStatus();
        var row = new LinkedHashMap<String, String>();
        row.put("pod", name);
        row.put("phase", text(status.getPhase()) + words(status.getReason(), status.getMessage()));
        row.put("node", text(pod.getSpec().getNodeName()));
        status.getConditions()
                .forEach(condition -> row.put(
                        "condition " + condition.getType(),
                        condition.getStatus() + words(condition.getReason(), condition.getMessage())));
        pod.getSpec()
                .getContainers()
                .forEach(container -> row.put("image of " + container.getName(), container.getImage()));
        status.getContainerStatuses().forEach(container -> describe(container, row));
        saw("State of pod " + name, "describe pod " + name, List.of(row), Reads.version(pod));
    }

    private static void describe(ContainerStatus container, Map<String, String> row) {
        row.put("state of " + container.getName(), state(container.getState()));
        row.put("state of " + container.getName() + " before", state(container.getLastState()));
        row.put("restarts of " + container.getName(), String.valueOf(container.getRestartCount()));
    }

    private static String state(ContainerState state) {
        if (state == null) {
            return "none";
        }
        if (state.getWaiting() != null) {
            return "waiting"
                    + words(state.getWaiting().getReason(), state.getWaiting().getMessage());
        }
        if (state.getTerminated() != null) {
            var ended = state.getTerminated();
            return "terminated, exit " + ended.getExitCode() + words(ended.getReason(), ended.getMessage()) + ", "
                    + text(ended.getStartedAt()) + " to " + text(ended.getFinishedAt());
        }
        return state.getRunning() == null
                ? "none"
                : "running since " + text(state.getRunning().getStartedAt());
    }

    private void describeJob(String name) {
        var job = Optional.ofNullable(reads.ask(
                "get jobs",
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(name)
                        .get()));
        var rows = job.map(PodLook::row).map(List::of).orElse(List.of());
        saw(
                "State of Job " + name,
                "describe job " + name,
                rows,
                job.map(Reads::version).orElse(""));
    }

    private static Map<String, String> row(Job job) {
        var status = job.getStatus();
        return Rows.of(
                "job", job.getMetadata().getName(),
                "succeeded", Optional.ofNullable(status.getSucceeded()).orElse(0),
                "failed", Optional.ofNullable(status.getFailed()).orElse(0),
                "backoff limit",
                        Optional.ofNullable(job.getSpec().getBackoffLimit()).orElse(0),
                "conditions",
                        Optional.ofNullable(status.getConditions()).orElse(List.of()).stream()
                                .map(condition -> condition.getType() + " " + condition.getStatus()
                                        + words(condition.getReason(), condition.getMessage()))
                                .collect(Collectors.joining("; ")));
    }

    private void events(String kind, String name) {
        var all = events.about(kind, name);
        var rows = new ArrayList<Map<String, String>>();
        all.stream().limit(MOST_EVENTS).map(PodLook::row).forEach(rows::add);
        var left = all.size() <= MOST_EVENTS ? "" : ", the newest " + MOST_EVENTS + " of " + all.size();
        saw("Events of " + kind + " " + name + left, eventsOf(kind, name), rows, "");
    }

    private static Map<String, String> row(Event event) {
        return Rows.of(
                "last", EventTimes.last(event),
                "times", EventTimes.times(event),
                "type", text(event.getType()),
                "reason", text(event.getReason()),
                "message", text(event.getMessage()).strip());
    }

    private void saw(String title, String arguments, List<Map<String, String>> rows, String version) {
        reads.saw(title, arguments, rows, "", Instant.now(), version);
    }

    private static String words(String reason, String message) {
        return Optional.ofNullable(reason).map(word -> ", " + word).orElse("")
                + Optional.ofNullable(message)
                        .filter(text -> !text.isBlank())
                        .map(text -> ": " + text.strip())
                        .orElse("");
    }

    private static String text(String value) {
        return Optional.ofNullable(value).orElse("");
    }
}
