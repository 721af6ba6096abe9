package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What the table of pods says about one pod. */
final class PodCells {

    private static final String NONE = "<none>";

    private final ObjectNode pod;

    PodCells(ObjectNode pod) {
        this.pod = pod;
    }

    String ready() {
        var ready = statuses("containerStatuses").stream()
                .filter(status ->
                        status.path("ready").asBoolean() && status.path("state").has("running"))
                .count();
        return ready + "/" + Json.at(pod, "spec.containers").size();
    }

    /** The most telling word about the state of the pod. */
    String status() {
        var reason = Json.text(pod, "status.reason").isEmpty()
                ? Json.text(pod, "status.phase")
                : Json.text(pod, "status.reason");
        var starting = initialising();
        if (!starting.isEmpty()) {
            reason = starting;
        } else {
            reason = containers(reason);
        }
        if (Json.has(pod, "metadata.deletionTimestamp")) {
            if (Json.text(pod, "status.reason").equals("NodeLost")) {
                return "Unknown";
            }
            if (!List.of("Succeeded", "Failed").contains(Json.text(pod, "status.phase"))) {
                return "Terminating";
            }
        }
        return reason;
    }

    private String initialising() {
        var statuses = statuses("initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            var state = statuses.get(i).path("state");
            if (state.has("terminated") && Json.at(state, "terminated.exitCode").asInt() == 0) {
                continue;
            }
            if (statuses.get(i).path("started").asBoolean() && isSidecar(i)) {
                continue;
            }
            if (state.has("terminated")) {
                return "Init:" + ended(state.path("terminated"));
            }
            var waiting = Json.text(state, "waiting.reason");
            return waiting.isEmpty() || waiting.equals("PodInitializing")
                    ? "Init:%d/%d"
                            .formatted(i, Json.at(pod, "spec.initContainers").size())
                    : "Init:" + waiting;
        }
        return "";
    }

    private boolean isSidecar(int index) {
        return Json.text(Json.at(pod, "spec.initContainers").path(index), "restartPolicy")
                .equals("Always");
    }

    private String containers(String phase) {
        var reason = phase;
        var running = false;
        var statuses = statuses("containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            var status = statuses.get(i);
            var state = status.path("state");
            if (!Json.text(state, "waiting.reason").isEmpty()) {
                reason = Json.text(state, "waiting.reason");
            } else if (state.has("terminated")) {
                reason = ended(state.path("terminated"));
            } else if (status.path("ready").asBoolean() && state.has("running")) {
                running = true;
            }
        }
        if (reason.equals("Completed") && running) {
            return isReady() ? "Running" : "NotReady";
        }
        return reason;
    }

    private static String ended(JsonNode terminated) {
        var reason = Json.text(terminated, "reason");
        if (!reason.isEmpty()) {
            return reason;
        }
        var signal = terminated.path("signal").asInt();
        return signal != 0
                ? "Signal:" + signal
                : "ExitCode:" + terminated.path("exitCode").asInt();
    }

    private boolean isReady() {
        return Json.items(Json.at(pod, "status.conditions")).stream()
                .anyMatch(condition -> Json.text(condition, "type").equals("Ready")
                        && Json.text(condition, "status").equals("True"));
    }

    /** The number of restarts, and how long ago the last one was. */
    String restarts(Instant now) {
        var statuses = statuses(initialising().isEmpty() ? "containerStatuses" : "initContainerStatuses");
        var count = statuses.stream()
                .mapToInt(status -> status.path("restartCount").asInt())
                .sum();
        var last = statuses.stream()
                .map(status -> Json.text(status, "lastState.terminated.finishedAt"))
                .filter(time -> !time.isEmpty())
                .max(String::compareTo);
        return count == 0 || last.isEmpty()
                ? Integer.toString(count)
                : "%d (%s ago)".formatted(count, Ages.of(java.time.Duration.between(Instant.parse(last.get()), now)));
    }

    String orNone(String path) {
        var text = Json.text(pod, path);
        return text.isEmpty() ? NONE : text;
    }

    String readinessGates() {
        var gates = Json.at(pod, "spec.readinessGates");
        if (gates.isEmpty()) {
            return NONE;
        }
        var met = Json.items(gates).stream()
                .filter(gate -> Json.items(Json.at(pod, "status.conditions")).stream()
                        .anyMatch(condition -> Json.text(condition, "type").equals(Json.text(gate, "conditionType"))
                                && Json.text(condition, "status").equals("True")))
                .count();
        return met + "/" + gates.size();
    }

    private List<JsonNode> statuses(String list) {
        return Json.items(Json.at(pod, "status." + list));
    }

    /** Names or images of the containers of a template, joined by commas. */
    static String containers(JsonNode podSpec, String field) {
        return Json.items(podSpec.path("containers")).stream()
                .map(container -> Json.text(container, field))
                .collect(Collectors.joining(","));
    }
}
