package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** The workloads of the group {@code apps} that keep pods of a template running. */
final class WorkloadRules implements KindRules {

    private static final int REVISIONS = 10;
    private static final List<String> STATEFUL_SET_FREE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");
    private static final List<String> STATUS_COUNTS =
            List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas");

    private final boolean scales;
    private final Consumer<ObjectNode> specDefaults;
    private final boolean statefulSet;

    private WorkloadRules(boolean scales, boolean statefulSet, Consumer<ObjectNode> specDefaults) {
        this.scales = scales;
        this.statefulSet = statefulSet;
        this.specDefaults = specDefaults;
    }

    static KindRules statefulSet() {
        return new WorkloadRules(true, true, spec -> {
            Json.putDefault(spec, "podManagementPolicy", "OrderedReady");
            var strategy = Json.child(spec, "updateStrategy");
            Json.putDefault(strategy, "type", "RollingUpdate");
            if (Json.text(strategy, "type").equals("RollingUpdate")) {
                Json.putDefault(Json.child(strategy, "rollingUpdate"), "partition", 0);
            }
            Json.putDefault(spec, "revisionHistoryLimit", REVISIONS);
            var claims = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
            Json.putDefault(claims, "whenDeleted", "Retain");
            Json.putDefault(claims, "whenScaled", "Retain");
        });
    }

    static KindRules deployment() {
        return new WorkloadRules(true, false, spec -> {
            var strategy = Json.child(spec, "strategy");
            Json.putDefault(strategy, "type", "RollingUpdate");
            if (Json.text(strategy, "type").equals("RollingUpdate")) {
                var rolling = Json.child(strategy, "rollingUpdate");
                Json.putDefault(rolling, "maxUnavailable", "25%");
                Json.putDefault(rolling, "maxSurge", "25%");
            }
            Json.putDefault(spec, "revisionHistoryLimit", REVISIONS);
            Json.putDefault(spec, "progressDeadlineSeconds", 600);
        });
    }

    static KindRules replicaSet() {
        return new WorkloadRules(true, false, spec -> {});
    }

    static KindRules daemonSet() {
        return new WorkloadRules(false, false, spec -> {
            var strategy = Json.child(spec, "updateStrategy");
            Json.putDefault(strategy, "type", "RollingUpdate");
            if (Json.text(strategy, "type").equals("RollingUpdate")) {
                var rolling = Json.child(strategy, "rollingUpdate");
                Json.putDefault(rolling, "maxUnavailable", 1);
                Json.putDefault(rolling, "maxSurge", 0);
            }
            Json.putDefault(spec, "revisionHistoryLimit", REVISIONS);
        });
    }

    @Override
    public boolean countsGenerations() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode workload) {
        var spec = Json.child(workload, "spec");
        if (scales) {
            Json.putDefault(spec, "replicas", 1);
        }
        specDefaults.accept(spec);
        var template = Json.child(spec, "template");
        Json.child(template, "metadata");
        PodDefaults.set(Json.child(template, "spec"));
        prepareStatus(workload);
    }

    @Override
    public void prepareCreate(ObjectNode workload) {
        workload.putObject("status");
        if (!scales) {
            Json.child(Json.meta(workload), "annotations").put("deprecated.daemonset.template.generation", "1");
        }
        prepareStatus(workload);
    }

    private void prepareStatus(ObjectNode workload) {
        if (!workload.has("status")) {
            return;
        }
        var status = Json.child(workload, "status");
        if (statefulSet) {
            Json.putDefault(status, "replicas", 0);
            Json.putDefault(status, "availableReplicas", 0);
        }
    }

    @Override
    public void validate(ObjectNode workload, Causes causes) {
        var spec = workload.path("spec");
        if (statefulSet) {
            statefulSetWords(spec, causes);
        }
        if (spec.path("replicas").asInt() < 0) {
            causes.invalid("spec.replicas", spec.get("replicas"), "must be greater than or equal to 0");
        }
        selector(spec, causes);
        PodSpecCheck.check(spec.path("template").path("spec"), "spec.template.spec", causes);
        var restart = Json.text(spec, "template.spec.restartPolicy");
        if (!restart.equals("Always") && List.of("OnFailure", "Never").contains(restart)) {
            causes.notSupported("spec.template.spec.restartPolicy", restart, List.of("Always"));
        }
    }

    private static void selector(JsonNode spec, Causes causes) {
        var selector = spec.path("selector");
        var missing = selector.isMissingNode();
        if (missing) {
            causes.required("spec.selector", "");
        } else if (selector.isEmpty()) {
            causes.invalid("spec.selector", selector, "empty selector is invalid for statefulset");
        }
        var labels = Json.at(spec, "template.metadata.labels");
        if (missing || !LabelSelector.of(selector).test(Json.strings(labels))) {
            causes.invalid(
                    "spec.template.metadata.labels",
                    labels.isMissingNode() ? null : labels,
                    "`selector` does not match template `labels`");
        }
    }

    private static void statefulSetWords(JsonNode spec, Causes causes) {
        var management = Json.text(spec, "podManagementPolicy");
        if (!List.of("OrderedReady", "Parallel").contains(management)) {
            causes.invalid("spec.podManagementPolicy", management, "must be 'OrderedReady' or 'Parallel'");
        }
        var strategy = Json.text(spec, "updateStrategy.type");
        if (!List.of("RollingUpdate", "OnDelete").contains(strategy)) {
            var shown = Json.object().put("Type", strategy).putNull("RollingUpdate");
            causes.invalid("spec.updateStrategy", shown, "must be 'RollingUpdate' or 'OnDelete'");
        }
        if (Json.at(spec, "updateStrategy.rollingUpdate.partition").asInt() < 0) {
            causes.invalid(
                    "spec.updateStrategy.rollingUpdate.partition",
                    Json.at(spec, "updateStrategy.rollingUpdate.partition"),
                    "must be greater than or equal to 0");
        }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode old, Causes causes) {
        var spec = updated.path("spec");
        var before = old.path("spec");
        if (statefulSet) {
            if (!without(spec, STATEFUL_SET_FREE).equals(without(before, STATEFUL_SET_FREE))) {
                causes.forbidden(
                        "spec",
                        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                                + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                                + " 'minReadySeconds' are forbidden");
            }
        } else if (!spec.path("selector").equals(before.path("selector"))) {
            causes.invalid("spec.selector", spec.path("selector"), "field is immutable");
        }
    }

    @Override
    public void validateStatus(ObjectNode updated, ObjectNode old, Causes causes) {
        if (!statefulSet) {
            return;
        }
        var status = updated.path("status");
        var replicas = status.path("replicas").asInt();
        if (replicas < 0) {
            causes.invalid("status.replicas", status.get("replicas"), "must be greater than or equal to 0");
        }
        for (var count : STATUS_COUNTS) {
            if (status.path(count).asInt() > replicas) {
                causes.invalid("status." + count, status.path(count).asInt(), "cannot be greater than status.replicas");
            }
        }
        var collisions = old.path("status").path("collisionCount");
        if (collisions.isInt() && status.path("collisionCount").asInt() < collisions.asInt()
                || collisions.isInt() && !status.has("collisionCount")) {
            causes.invalid(
                    "status.collisionCount", status.path("collisionCount").asInt(), "cannot be decremented");
        }
    }

    private static ObjectNode without(JsonNode spec, List<String> fields) {
        ObjectNode copy = spec.deepCopy();
        return copy.remove(fields);
    }
}
