package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Kinds that govern pods from outside: autoscalers, disruption budgets, network policies. */
final class PolicyRules {

    private PolicyRules() {}

    static final class Autoscaler implements KindRules {

        @Override
        public void setDefaults(ObjectNode autoscaler) {
            var spec = Json.child(autoscaler, "spec");
            Json.putDefault(spec, "minReplicas", 1);
            if (spec.path("metrics").isEmpty()) {
                var resource = spec.putArray("metrics")
                        .addObject()
                        .put("type", "Resource")
                        .putObject("resource");
                resource.put("name", "cpu")
                        .putObject("target")
                        .put("type", "Utilization")
                        .put("averageUtilization", 80);
            }
            if (spec.get("behavior") instanceof ObjectNode behavior) {
                behavior(behavior);
            }
            if (autoscaler.has("status")) {
                var status = Json.child(autoscaler, "status");
                Json.putDefault(status, "desiredReplicas", 0);
                if (!status.has("currentMetrics")) {
                    status.putNull("currentMetrics");
                }
            }
        }

        private static void behavior(ObjectNode behavior) {
            var up = Json.child(behavior, "scaleUp");
            Json.putDefault(up, "stabilizationWindowSeconds", 0);
            Json.putDefault(up, "selectPolicy", "Max");
            if (!up.has("policies")) {
                var policies = up.putArray("policies");
                policies.addObject().put("type", "Pods").put("value", 4).put("periodSeconds", 15);
                policies.addObject().put("type", "Percent").put("value", 100).put("periodSeconds", 15);
            }
            var down = Json.child(behavior, "scaleDown");
            Json.putDefault(down, "selectPolicy", "Max");
            if (!down.has("policies")) {
                down.putArray("policies")
                        .addObject()
                        .put("type", "Percent")
                        .put("value", 100)
                        .put("periodSeconds", 15);
            }
        }

        @Override
        public void prepareCreate(ObjectNode autoscaler) {
            autoscaler.putObject("status").put("desiredReplicas", 0).putNull("currentMetrics");
        }

        @Override
        public void validate(ObjectNode autoscaler, Causes causes) {
            var spec = autoscaler.path("spec");
            var least = spec.path("minReplicas").asInt();
            if (least < 1) {
                causes.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
            }
            if (spec.path("maxReplicas").asInt() < 1) {
                causes.invalid("spec.maxReplicas", spec.path("maxReplicas").asInt(), "must be greater than 0");
            }
            if (spec.path("maxReplicas").asInt() < least) {
                causes.invalid(
                        "spec.maxReplicas",
                        spec.path("maxReplicas").asInt(),
                        "must be greater than or equal to `minReplicas`");
            }
            var target = spec.path("scaleTargetRef");
            for (var field : new String[] {"kind", "name"}) {
                if (Json.text(target, field).isEmpty()) {
                    causes.required("spec.scaleTargetRef." + field, "");
                }
            }
            if (!Json.text(target, "apiVersion").contains("/")
                    && !Json.text(target, "kind").equals("ReplicationController")) {
                causes.invalid(
                        "spec.scaleTargetRef.apiVersion",
                        Json.text(target, "apiVersion"),
                        "apiVersion must specify API group");
            }
        }
    }

    static final class DisruptionBudget implements KindRules {

        @Override
        public boolean countsGenerations() {
            return true;
        }

        @Override
        public boolean needsVersion() {
            return true;
        }

        @Override
        public void setDefaults(ObjectNode budget) {
            if (budget.has("status")) {
                counts(budget);
            }
        }

        private static void counts(ObjectNode budget) {
            var status = Json.child(budget, "status");
            for (var count : new String[] {"disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"}) {
                Json.putDefault(status, count, 0);
            }
        }

        @Override
        public void prepareCreate(ObjectNode budget) {
            budget.putObject("status");
            counts(budget);
        }

        @Override
        public void validate(ObjectNode budget, Causes causes) {
            var spec = budget.path("spec");
            if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
                var shown = Json.object();
                shown.set("MinAvailable", spec.get("minAvailable"));
                shown.set("Selector", spec.has("selector") ? spec.get("selector") : null);
                shown.set("MaxUnavailable", spec.get("maxUnavailable"));
                shown.set(
                        "UnhealthyPodEvictionPolicy",
                        spec.has("unhealthyPodEvictionPolicy") ? spec.get("unhealthyPodEvictionPolicy") : null);
                causes.invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set");
            }
            amount(spec, "minAvailable", causes);
            amount(spec, "maxUnavailable", causes);
        }

        private static void amount(JsonNode spec, String field, Causes causes) {
            var value = spec.path(field);
            if (value.isInt() && value.asInt() < 0) {
                causes.invalid("spec." + field, value, "must be greater than or equal to 0");
            } else if (value.isTextual() && !value.asText().matches("[0-9]+%")) {
                causes.invalid(
                        "spec." + field,
                        value,
                        "a valid percent string must be a numeric string followed by an"
                                + " ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
            } else if (value.isTextual() && Integer.parseInt(value.asText().replace("%", "")) > 100) {
                causes.invalid("spec." + field, value, "must not be greater than 100%");
            }
        }
    }

    static final class NetworkPolicy implements KindRules {

        @Override
        public boolean countsGenerations() {
            return true;
        }

        @Override
        public void setDefaults(ObjectNode policy) {
            var spec = Json.child(policy, "spec");
            Json.child(spec, "podSelector");
            for (var direction : new String[] {"ingress", "egress"}) {
                for (var rule : spec.path(direction)) {
                    rule.path("ports").forEach(port -> Json.putDefault((ObjectNode) port, "protocol", "TCP"));
                }
            }
            if (!spec.has("policyTypes")) {
                var types = spec.putArray("policyTypes").add("Ingress");
                if (spec.has("egress")) {
                    types.add("Egress");
                }
            }
        }
    }
}
