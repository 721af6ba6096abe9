package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Evictions: deletions that respect disruption budgets. */
final class Evictions {

    private static final List<String> NOT_RUNNING = List.of("Pending", "Succeeded", "Failed");

    private final Store store;
    private final Deleter deleter;
    private final Metadata metadata;

    Evictions(Store store, Deleter deleter, Metadata metadata) {
        this.store = store;
        this.deleter = deleter;
        this.metadata = metadata;
    }

    void evict(Call call, ObjectNode pod) {
        var eviction = Decoder.object(call, "policy/v1", "Eviction");
        if (!Json.name(eviction).isEmpty() && !Json.name(eviction).equals(Json.name(pod))) {
            throw Statuses.badRequest("name in URL does not match name in Eviction object");
        }
        var budgets = budgets(pod);
        if (budgets.size() > 1) {
            throw new ApiError(
                    Statuses.failure(
                            500,
                            "InternalError",
                            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."));
        }
        if (!budgets.isEmpty() && needsBudget(pod, budgets.get(0))) {
            spend(call, budgets.get(0), pod);
        }
        deleter.delete(call, pod, eviction.path("deleteOptions"));
        call.reply(201, Statuses.created());
    }

    private List<ObjectNode> budgets(ObjectNode pod) {
        return store.list(ResourceTypes.DISRUPTION_BUDGETS, Json.namespace(pod)).stream()
                .filter(budget -> Json.has(budget, "spec.selector")
                        && LabelSelector.of(Json.at(budget, "spec.selector")).test(LabelSelector.labels(pod)))
                .toList();
    }

    private static boolean needsBudget(ObjectNode pod, ObjectNode budget) {
        if (NOT_RUNNING.contains(Json.text(pod, "status.phase")) || Json.has(pod, "metadata.deletionTimestamp")) {
            return false;
        }
        if (isReady(pod)) {
            return true;
        }
        var healthy = Json.at(budget, "status.currentHealthy").asInt();
        var desired = Json.at(budget, "status.desiredHealthy").asInt();
        var always = Json.text(budget, "spec.unhealthyPodEvictionPolicy").equals("AlwaysAllow");
        return !always && !(healthy >= desired && desired > 0);
    }

    private static boolean isReady(ObjectNode pod) {
        return Json.items(Json.at(pod, "status.conditions")).stream()
                .anyMatch(condition -> Json.text(condition, "type").equals("Ready")
                        && Json.text(condition, "status").equals("True"));
    }

    private void spend(Call call, ObjectNode budget, ObjectNode pod) {
        var name = Json.name(budget);
        var status = budget.path("status");
        if (status.path("observedGeneration").asLong()
                < Json.at(budget, "metadata.generation").asLong()) {
            throw tooMany("The disruption budget %s is still being processed by the server.".formatted(name));
        }
        if (status.path("disruptionsAllowed").asInt() < 1) {
            throw tooMany("The disruption budget %s needs %d healthy pods and has %d currently"
                    .formatted(
                            name,
                            status.path("desiredHealthy").asInt(),
                            status.path("currentHealthy").asInt()));
        }
        var updated = budget.deepCopy();
        var spent = Json.child(updated, "status");
        spent.put("disruptionsAllowed", status.path("disruptionsAllowed").asInt() - 1);
        Json.child(spent, "disruptedPods").put(Json.name(pod), metadata.now());
        if (!call.dryRun()) {
            store.put(ResourceTypes.DISRUPTION_BUDGETS, updated);
        }
    }

    private static ApiError tooMany(String cause) {
        var status = Statuses.failure(
                429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.");
        status.putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "DisruptionBudget")
                .put("message", cause);
        return new ApiError(status);
    }
}
