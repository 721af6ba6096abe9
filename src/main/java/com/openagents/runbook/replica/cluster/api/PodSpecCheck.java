package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the spec of a pod is valid. */
final class PodSpecCheck {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private final Causes causes;
    private final Set<String> containerNames = new HashSet<>();
    private final Set<String> volumes;

    private PodSpecCheck(Causes causes, JsonNode spec) {
        this.causes = causes;
        this.volumes = Json.items(spec.path("volumes")).stream()
                .map(volume -> Json.text(volume, "name"))
                .collect(Collectors.toSet());
    }

    static void check(JsonNode spec, String path, Causes causes) {
        new PodSpecCheck(causes, spec).spec(spec, path);
    }

    private void spec(JsonNode spec, String path) {
        volumeNames(spec.path("volumes"), path + ".volumes");
        if (spec.path("containers").isEmpty()) {
            causes.required(path + ".containers", "");
        }
        containers(spec.path("containers"), path + ".containers");
        containers(spec.path("initContainers"), path + ".initContainers");
        oneOf(spec, path, "restartPolicy", RESTART_POLICIES);
        oneOf(spec, path, "dnsPolicy", DNS_POLICIES);
        if (Json.at(spec, "terminationGracePeriodSeconds").asLong() < 0) {
            causes.invalid(
                    path + ".terminationGracePeriodSeconds",
                    spec.get("terminationGracePeriodSeconds"),
                    "must be greater than or equal to 0");
        }
        if (spec.has("activeDeadlineSeconds")
                && spec.get("activeDeadlineSeconds").asLong() < 1) {
            causes.invalid(
                    path + ".activeDeadlineSeconds",
                    spec.get("activeDeadlineSeconds"),
                    "must be between 1 and 2147483647, inclusive");
        }
    }

    private void volumeNames(JsonNode list, String path) {
        var seen = new HashSet<String>();
        for (int i = 0; i < list.size(); i++) {
            var name = Json.text(list.get(i), "name");
            var at = path + "[" + i + "].name";
            if (name.isEmpty()) {
                causes.required(at, "");
            } else if (!Names.isLabel(name)) {
                causes.invalid(at, name, Names.LABEL);
            } else if (!seen.add(name)) {
                causes.duplicate(at, name);
            }
        }
    }

    private void containers(JsonNode list, String path) {
        for (int i = 0; i < list.size(); i++) {
            container(list.get(i), path + "[" + i + "]");
        }
    }

    private void container(JsonNode container, String path) {
        var name = Json.text(container, "name");
        if (name.isEmpty()) {
            causes.required(path + ".name", "");
        } else if (!Names.isLabel(name)) {
            causes.invalid(path + ".name", name, Names.LABEL);
        } else if (!containerNames.add(name)) {
            causes.duplicate(path + ".name", name);
        }
        if (Json.text(container, "image").isEmpty()) {
            causes.required(path + ".image", "");
        }
        ports(container.path("ports"), path + ".ports");
        environment(container.path("env"), path + ".env");
        mounts(container.path("volumeMounts"), path + ".volumeMounts");
        if (container.has("imagePullPolicy")) {
            oneOf(container, path, "imagePullPolicy", PULL_POLICIES);
        }
        resources(container.path("resources"), path + ".resources");
        for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            probe(container.path(probe), path + "." + probe);
        }
    }

    private void probe(JsonNode probe, String path) {
        if (probe.isMissingNode()) {
            return;
        }
        if (List.of("exec", "httpGet", "tcpSocket", "grpc").stream().noneMatch(probe::has)) {
            causes.required(path, "must specify a handler type");
        }
        for (var field : List.of(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            if (probe.path(field).asLong() < 0) {
                causes.invalid(path + "." + field, probe.get(field), "must be greater than or equal to 0");
            }
        }
    }

    private void ports(JsonNode list, String path) {
        var names = new HashSet<String>();
        for (int i = 0; i < list.size(); i++) {
            var port = list.get(i);
            var at = path + "[" + i + "]";
            var name = Json.text(port, "name");
            if (!name.isEmpty() && !names.add(name)) {
                causes.duplicate(at + ".name", name);
            }
            if (!port.has("containerPort")) {
                causes.required(at + ".containerPort", "");
            } else {
                port(port, "containerPort", at, causes);
            }
            oneOf(port, at, "protocol", PROTOCOLS);
        }
    }

    static void port(JsonNode owner, String field, String path, Causes causes) {
        var number = owner.path(field).asInt();
        if (number < 1 || number > 65535) {
            causes.invalid(path + "." + field, number, "must be between 1 and 65535, inclusive");
        }
    }

    private void environment(JsonNode list, String path) {
        for (int i = 0; i < list.size(); i++) {
            var entry = list.get(i);
            var at = path + "[" + i + "]";
            if (Json.text(entry, "name").isEmpty()) {
                causes.required(at + ".name", "");
            }
            if (entry.has("valueFrom") && !Json.text(entry, "value").isEmpty()) {
                causes.invalid(at + ".valueFrom", "", "may not be specified when `value` is not empty");
            }
        }
    }

    private void mounts(JsonNode list, String path) {
        for (int i = 0; i < list.size(); i++) {
            var name = Json.text(list.get(i), "name");
            var at = path + "[" + i + "].name";
            if (name.isEmpty()) {
                causes.required(at, "");
            } else if (!volumes.contains(name)) {
                causes.notFound(at, name);
            }
        }
    }

    private void resources(JsonNode resources, String path) {
        for (var request : resources.path("requests").properties()) {
            var limit = resources.path("limits").path(request.getKey());
            var asked = request.getValue().asText();
            if (limit.isTextual() && Quantity.value(asked).compareTo(Quantity.value(limit.asText())) > 0) {
                causes.invalid(
                        path + ".requests",
                        asked,
                        "must be less than or equal to %s limit of %s".formatted(request.getKey(), limit.asText()));
            }
        }
    }

    private void oneOf(JsonNode owner, String path, String field, List<String> words) {
        var word = Json.text(owner, field);
        if (!words.contains(word)) {
            causes.notSupported(path + "." + field, word, words);
        }
    }
}
