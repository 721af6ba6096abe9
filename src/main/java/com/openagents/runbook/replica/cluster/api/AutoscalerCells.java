package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.replica.cluster.api.TableColumns.Builder;
import com.openagents.runbook.replica.cluster.api.TableColumns.Column;
import java.util.ArrayList;
import java.util.List;

/** The table of autoscalers. */
final class AutoscalerCells {

    private static final int SHOWN = 2;

    private AutoscalerCells() {}

    static List<Column> columns() {
        return new Builder()
                .name()
                .text(
                        "Reference",
                        one -> Json.text(one, "spec.scaleTargetRef.kind") + "/"
                                + Json.text(one, "spec.scaleTargetRef.name"))
                .text("Targets", AutoscalerCells::targets)
                .text(
                        "MinPods",
                        one -> Json.has(one, "spec.minReplicas") ? Json.text(one, "spec.minReplicas") : "<unset>")
                .number("MaxPods", one -> WorkloadColumns.count(one, "spec.maxReplicas"))
                .number("Replicas", one -> WorkloadColumns.count(one, "status.currentReplicas"))
                .age()
                .list();
    }

    /** Each metric with what it is and what it should be: {@code cpu: 35%/70%}. */
    private static String targets(ObjectNode autoscaler) {
        var targets = new ArrayList<String>();
        var wanted = Json.at(autoscaler, "spec.metrics");
        for (var metric : wanted) {
            targets.add(target(metric, current(autoscaler, metric)));
        }
        if (targets.isEmpty()) {
            return "<none>";
        }
        var shown = String.join(", ", targets.subList(0, Math.min(SHOWN, targets.size())));
        return targets.size() > SHOWN ? shown + " + %d more...".formatted(targets.size() - SHOWN) : shown;
    }

    private static JsonNode current(ObjectNode autoscaler, JsonNode metric) {
        var kind = source(metric);
        return Json.items(Json.at(autoscaler, "status.currentMetrics")).stream()
                .filter(one -> source(one).equals(kind) && name(one).equals(name(metric)))
                .map(one -> one.path(kind).path("current"))
                .findFirst()
                .orElseGet(Json::object);
    }

    private static String target(JsonNode metric, JsonNode current) {
        var target = metric.path(source(metric)).path("target");
        var prefix = source(metric).toLowerCase(java.util.Locale.ROOT).contains("resource") ? name(metric) + ": " : "";
        if (target.has("averageUtilization")) {
            return prefix + known(current, "averageUtilization", "%") + "/" + Json.text(target, "averageUtilization")
                    + "%";
        }
        var field = target.has("averageValue") ? "averageValue" : "value";
        var average = field.equals("averageValue") && source(metric).equals("external") ? " (avg)" : "";
        return prefix + known(current, field, "") + "/" + Json.text(target, field) + average;
    }

    private static String known(JsonNode current, String field, String unit) {
        return current.has(field) ? Json.text(current, field) + unit : "<unknown>";
    }

    /** {@code resource}, {@code pods}, {@code object}, {@code external} or {@code containerResource}. */
    private static String source(JsonNode metric) {
        var type = Json.text(metric, "type");
        return type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    private static String name(JsonNode metric) {
        var source = metric.path(source(metric));
        return source.has("name") ? Json.text(source, "name") : Json.text(source, "metric.name");
    }
}
