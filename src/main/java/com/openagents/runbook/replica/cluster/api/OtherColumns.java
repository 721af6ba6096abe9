package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.replica.cluster.api.TableColumns.Builder;
import com.openagents.runbook.replica.cluster.api.TableColumns.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables of all kinds that make no pods. */
final class OtherColumns {

    private OtherColumns() {}

    static void addTo(Map<ResourceType, List<Column>> columns) {
        columns.put(ResourceTypes.AUTOSCALERS, AutoscalerCells.columns());
        columns.put(ResourceTypes.SERVICES, services());
        columns.put(ResourceTypes.DISRUPTION_BUDGETS, budgets());
        columns.put(ResourceTypes.EVENTS, ObservationColumns.events());
        columns.put(ResourceTypes.NODES, ObservationColumns.nodes());
        columns.put(ResourceTypes.ENDPOINT_SLICES, slices());
        columns.put(ResourceTypes.CONTROLLER_REVISIONS, revisions());
        columns.put(
                ResourceTypes.NAMESPACES,
                new Builder()
                        .name()
                        .text("Status", one -> Json.text(one, "status.phase"))
                        .age()
                        .list());
        columns.put(
                ResourceTypes.CONFIG_MAPS,
                new Builder()
                        .name()
                        .number("Data", OtherColumns::dataCount)
                        .age()
                        .list());
        columns.put(
                ResourceTypes.SECRETS,
                new Builder()
                        .name()
                        .text("Type", one -> Json.text(one, "type"))
                        .number("Data", one -> one.path("data").size())
                        .age()
                        .list());
        columns.put(
                ResourceTypes.SERVICE_ACCOUNTS,
                new Builder()
                        .name()
                        .number("Secrets", one -> one.path("secrets").size())
                        .age()
                        .list());
        columns.put(
                ResourceTypes.LEASES,
                new Builder()
                        .name()
                        .text("Holder", one -> Json.text(one, "spec.holderIdentity"))
                        .age()
                        .list());
        columns.put(
                ResourceTypes.NETWORK_POLICIES,
                new Builder()
                        .name()
                        .text(
                                "Pod-Selector",
                                one -> WorkloadColumns.orNone(Scales.selector(Json.at(one, "spec.podSelector"))))
                        .age()
                        .list());
        columns.put(ResourceTypes.QUOTAS, quotas());
        columns.put(ResourceTypes.ROLE_BINDINGS, bindings());
        columns.put(ResourceTypes.CLUSTER_ROLE_BINDINGS, bindings());
    }

    private static int dataCount(ObjectNode map) {
        return map.path("data").size() + map.path("binaryData").size();
    }

    private static List<Column> services() {
        return new Builder()
                .name()
                .text("Type", one -> Json.text(one, "spec.type"))
                .text("Cluster-IP", one -> WorkloadColumns.orNone(Json.text(one, "spec.clusterIP")))
                .text("External-IP", one -> Json.text(one, "spec.type").equals("LoadBalancer") ? "<pending>" : "<none>")
                .text(
                        "Port(s)",
                        one -> WorkloadColumns.orNone(Json.items(Json.at(one, "spec.ports")).stream()
                                .map(OtherColumns::port)
                                .collect(Collectors.joining(","))))
                .age()
                .wide("Selector", one -> WorkloadColumns.labels(Json.strings(Json.at(one, "spec.selector"))))
                .list();
    }

    private static String port(JsonNode port) {
        var node = port.path("nodePort").asInt();
        var number = port.path("port").asText() + (node > 0 ? ":" + node : "");
        return number + "/" + Json.text(port, "protocol");
    }

    private static List<Column> budgets() {
        return new Builder()
                .name()
                .text("Min Available", one -> orNotApplicable(Json.at(one, "spec.minAvailable")))
                .text("Max Unavailable", one -> orNotApplicable(Json.at(one, "spec.maxUnavailable")))
                .add(
                        "Allowed Disruptions",
                        "integer",
                        "",
                        0,
                        (one, now) -> IntNode.valueOf(WorkloadColumns.count(one, "status.disruptionsAllowed")))
                .age()
                .list();
    }

    private static String orNotApplicable(JsonNode value) {
        return value.isMissingNode() ? "N/A" : value.asText();
    }

    private static List<Column> slices() {
        return new Builder()
                .name()
                .text("AddressType", one -> Json.text(one, "addressType"))
                .text("Ports", one -> joined(one.path("ports"), "port"))
                .text("Endpoints", one -> joined(one.path("endpoints"), "addresses"))
                .age()
                .list();
    }

    /** The first three values and how many more there are. */
    private static String joined(JsonNode list, String field) {
        var all = Json.items(list).stream()
                .map(element -> element.path(field))
                .flatMap(value -> value.isArray() ? Json.items(value).stream() : List.of(value).stream())
                .map(JsonNode::asText)
                .toList();
        if (all.isEmpty()) {
            return "<unset>";
        }
        var shown = String.join(",", all.subList(0, Math.min(3, all.size())));
        return all.size() > 3 ? shown + " + %d more...".formatted(all.size() - 3) : shown;
    }

    private static List<Column> revisions() {
        return new Builder()
                .name()
                .text("Controller", OtherColumns::controller)
                .number("Revision", one -> one.path("revision").asInt())
                .age()
                .list();
    }

    private static String controller(ObjectNode object) {
        return Json.items(Json.at(object, "metadata.ownerReferences")).stream()
                .filter(owner -> owner.path("controller").asBoolean())
                .map(owner -> {
                    var version = Json.text(owner, "apiVersion");
                    var group = version.contains("/") ? "." + version.substring(0, version.indexOf('/')) : "";
                    return Json.text(owner, "kind").toLowerCase(Locale.ROOT) + group + "/" + Json.text(owner, "name");
                })
                .findFirst()
                .orElse("<none>");
    }

    private static List<Column> quotas() {
        return new Builder()
                .name()
                .text(
                        "Request",
                        one -> Json.strings(Json.at(one, "status.hard")).entrySet().stream()
                                .map(hard -> "%s: %s/%s"
                                        .formatted(
                                                hard.getKey(),
                                                Json.at(one, "status.used")
                                                        .path(hard.getKey())
                                                        .asText("0"),
                                                hard.getValue()))
                                .collect(Collectors.joining(", ")))
                .text("Limit", one -> "")
                .age()
                .list();
    }

    private static List<Column> bindings() {
        return new Builder()
                .name()
                .text("Role", one -> Json.text(one, "roleRef.kind") + "/" + Json.text(one, "roleRef.name"))
                .age()
                .wide("Users", one -> subjects(one, "User"))
                .wide("Groups", one -> subjects(one, "Group"))
                .wide("ServiceAccounts", one -> subjects(one, "ServiceAccount"))
                .list();
    }

    private static String subjects(ObjectNode binding, String kind) {
        return Json.items(binding.path("subjects")).stream()
                .filter(subject -> Json.text(subject, "kind").equals(kind))
                .map(subject -> kind.equals("ServiceAccount")
                        ? Json.text(subject, "namespace") + "/" + Json.text(subject, "name")
                        : Json.text(subject, "name"))
                .collect(Collectors.joining(", "));
    }
}
