package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Pods. */
final class PodRules implements KindRules {

    private static final String IMMUTABLE = "pod updates may not change fields other than"
            + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
            + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
            + " (allow it to be set to 1 if it was previously negative)";

    @Override
    public boolean countsGenerations() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode pod) {
        PodDefaults.setForPod(Json.child(pod, "spec"));
    }

    @Override
    public void prepareCreate(ObjectNode pod) {
        pod.putObject("status").put("phase", "Pending").put("qosClass", qosClass(pod.path("spec")));
    }

    @Override
    public void prepareUpdate(ObjectNode updated, ObjectNode old) {
        var status = Json.child(updated, "status");
        if (status.hasNonNull("podIP") && !status.has("podIPs")) {
            status.putArray("podIPs").addObject().set("ip", status.get("podIP"));
        }
        if (old.path("status").has("qosClass")) {
            status.set("qosClass", old.path("status").get("qosClass"));
        }
        for (var condition : status.path("conditions")) {
            nullIfAbsent(condition, "lastProbeTime");
            nullIfAbsent(condition, "lastTransitionTime");
        }
        for (var list : List.of("containerStatuses", "initContainerStatuses")) {
            status.path(list).forEach(container -> containerStatus((ObjectNode) container));
        }
    }

    /** Fields a real server writes even when they are empty. */
    private static void containerStatus(ObjectNode container) {
        Json.child(container, "state");
        Json.child(container, "lastState");
        Json.putDefault(container, "ready", false);
        Json.putDefault(container, "restartCount", 0);
        if (!container.has("image")) {
            container.put("image", "");
        }
        if (!container.has("imageID")) {
            container.put("imageID", "");
        }
        for (var state : List.of("state", "lastState")) {
            var terminated = container.path(state).path("terminated");
            nullIfAbsent(terminated, "startedAt");
            nullIfAbsent(terminated, "finishedAt");
            nullIfAbsent(container.path(state).path("running"), "startedAt");
        }
    }

    private static void nullIfAbsent(JsonNode node, String field) {
        if (node instanceof ObjectNode object && !object.has(field)) {
            object.putNull(field);
        }
    }

    @Override
    public void validate(ObjectNode pod, Causes causes) {
        PodSpecCheck.check(pod.path("spec"), "spec", causes);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode old, Causes causes) {
        if (!fixed(updated.path("spec")).equals(fixed(old.path("spec")))) {
            causes.forbidden("spec", IMMUTABLE);
        }
    }

    /** The part of a spec that stays once the pod is made; the node may be set once. */
    private static ObjectNode fixed(JsonNode spec) {
        ObjectNode copy = spec.deepCopy();
        copy.remove(List.of("activeDeadlineSeconds", "tolerations", "nodeName", "terminationGracePeriodSeconds"));
        for (var list : List.of("containers", "initContainers")) {
            copy.path(list).forEach(container -> ((ObjectNode) container).remove("image"));
        }
        return copy;
    }

    private static String qosClass(JsonNode spec) {
        var guaranteed = true;
        var any = false;
        for (var container : spec.path("containers")) {
            var limits = container.path("resources").path("limits");
            var requests = container.path("resources").path("requests");
            any |= !limits.isEmpty() || !requests.isEmpty();
            guaranteed &= limits.has("cpu") && limits.has("memory") && limits.equals(requests);
        }
        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }
}
