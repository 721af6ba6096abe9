package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the server fills into the spec of a pod, alone or in a template. */
final class PodDefaults {

    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final int DEFAULT_MODE = 420;

    private PodDefaults() {}

    static void set(ObjectNode spec) {
        for (var list : List.of("initContainers", "containers", "ephemeralContainers")) {
            spec.path(list).forEach(container -> container((ObjectNode) container));
        }
        spec.path("volumes").forEach(volume -> volume((ObjectNode) volume));
        Json.putDefault(spec, "restartPolicy", "Always");
        Json.putDefault(spec, "terminationGracePeriodSeconds", 30);
        Json.putDefault(spec, "dnsPolicy", "ClusterFirst");
        Json.child(spec, "securityContext");
        Json.putDefault(spec, "schedulerName", "default-scheduler");
        if (spec.hasNonNull("serviceAccountName")) {
            spec.set("serviceAccount", spec.get("serviceAccountName"));
        } else if (spec.hasNonNull("serviceAccount")) {
            spec.set("serviceAccountName", spec.get("serviceAccount"));
        }
    }

    /** What only a pod gets, not a template. */
    static void setForPod(ObjectNode spec) {
        set(spec);
        Json.putDefault(spec, "enableServiceLinks", true);
        spec.path("containers").forEach(container -> requestsFromLimits((ObjectNode) container));
    }

    private static void requestsFromLimits(ObjectNode container) {
        var limits = container.path("resources").path("limits");
        if (limits instanceof ObjectNode known) {
            var requests = Json.child(Json.child(container, "resources"), "requests");
            known.properties().forEach(limit -> {
                if (!requests.has(limit.getKey())) {
                    requests.set(limit.getKey(), limit.getValue());
                }
            });
        }
    }

    private static void container(ObjectNode container) {
        container.path("ports").forEach(port -> Json.putDefault((ObjectNode) port, "protocol", "TCP"));
        container.path("env").forEach(entry -> fieldRef(entry.path("valueFrom")));
        Json.child(container, "resources");
        PROBES.forEach(name -> {
            if (container.get(name) instanceof ObjectNode probe) {
                probe(probe);
            }
        });
        for (var hook : List.of("postStart", "preStop")) {
            http(container.path("lifecycle").path(hook).path("httpGet"));
        }
        Json.putDefault(container, "terminationMessagePath", "/dev/termination-log");
        Json.putDefault(container, "terminationMessagePolicy", "File");
        if (container.hasNonNull("image")) {
            Json.putDefault(
                    container,
                    "imagePullPolicy",
                    pullPolicy(container.path("image").asText()));
        }
    }

    private static String pullPolicy(String image) {
        var last = image.substring(image.lastIndexOf('/') + 1);
        var latest = !last.contains("@") && (!last.contains(":") || last.endsWith(":latest"));
        return latest ? "Always" : "IfNotPresent";
    }

    private static void fieldRef(JsonNode source) {
        if (source.path("fieldRef") instanceof ObjectNode field) {
            Json.putDefault(field, "apiVersion", "v1");
        }
        if (source.path("resourceFieldRef") instanceof ObjectNode field) {
            Json.putDefault(field, "divisor", "0");
        }
    }

    private static void probe(ObjectNode probe) {
        Json.putDefault(probe, "timeoutSeconds", 1);
        Json.putDefault(probe, "periodSeconds", 10);
        Json.putDefault(probe, "successThreshold", 1);
        Json.putDefault(probe, "failureThreshold", 3);
        http(probe.path("httpGet"));
        if (probe.path("grpc") instanceof ObjectNode grpc) {
            Json.putDefault(grpc, "service", "");
        }
    }

    private static void http(JsonNode action) {
        if (action instanceof ObjectNode http) {
            Json.putDefault(http, "path", "/");
            Json.putDefault(http, "scheme", "HTTP");
        }
    }

    private static void volume(ObjectNode volume) {
        if (volume.size() == 1) {
            volume.putObject("emptyDir");
        }
        for (var source : List.of("configMap", "secret", "downwardAPI", "projected")) {
            if (volume.get(source) instanceof ObjectNode files) {
                Json.putDefault(files, "defaultMode", DEFAULT_MODE);
            }
        }
        volume.path("downwardAPI").path("items").forEach(PodDefaults::fieldRef);
        volume.path("projected").path("sources").forEach(source -> {
            source.path("downwardAPI").path("items").forEach(PodDefaults::fieldRef);
            if (source.path("serviceAccountToken") instanceof ObjectNode token) {
                Json.putDefault(token, "expirationSeconds", 3600);
            }
        });
        if (volume.path("hostPath") instanceof ObjectNode path && !path.has("type")) {
            path.put("type", "");
        }
    }
}
