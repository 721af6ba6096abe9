package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.openagents.runbook.replica.cluster.api.TableColumns.Builder;
import com.openagents.runbook.replica.cluster.api.TableColumns.Column;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables of what a cluster reports about itself: events and nodes. */
final class ObservationColumns {

    private ObservationColumns() {}

    static List<Column> events() {
        return new Builder()
                .timed("Last Seen", (one, now) -> seen(one, "lastTimestamp", now))
                .text("Type", one -> Json.text(one, "type"))
                .text("Reason", one -> Json.text(one, "reason"))
                .text(
                        "Object",
                        one -> Json.text(one, "involvedObject.kind").toLowerCase(Locale.ROOT) + "/"
                                + Json.text(one, "involvedObject.name"))
                .wide("Subobject", one -> Json.text(one, "involvedObject.fieldPath"))
                .wide("Source", ObservationColumns::source)
                .text("Message", one -> Json.text(one, "message").strip())
                .add("First Seen", "string", "", 1, (one, now) -> TextNode.valueOf(seen(one, "firstTimestamp", now)))
                .add("Count", "string", "", 1, (one, now) -> IntNode.valueOf(eventCount(one)))
                .add("Name", "string", "name", 1, (one, now) -> TextNode.valueOf(Json.name(one)))
                .list();
    }

    private static String seen(ObjectNode event, String field, Instant now) {
        var time = event.path(field).isTextual() ? event.path(field) : event.path("eventTime");
        if (field.equals("lastTimestamp") && Json.has(event, "series.lastObservedTime")) {
            time = Json.at(event, "series.lastObservedTime");
        }
        return Ages.since(time, now);
    }

    private static int eventCount(ObjectNode event) {
        return Json.has(event, "series.count")
                ? WorkloadColumns.count(event, "series.count")
                : Math.max(1, event.path("count").asInt());
    }

    private static String source(ObjectNode event) {
        var component = Json.text(event, "source.component").isEmpty()
                ? Json.text(event, "reportingComponent")
                : Json.text(event, "source.component");
        var host = Json.text(event, "source.host");
        return host.isEmpty() ? component : component + ", " + host;
    }

    static List<Column> nodes() {
        return new Builder()
                .name()
                .text("Status", ObservationColumns::nodeStatus)
                .text(
                        "Roles",
                        one -> WorkloadColumns.orNone(LabelSelector.labels(one).keySet().stream()
                                .filter(label -> label.startsWith("node-role.kubernetes.io/"))
                                .map(label -> label.substring(label.indexOf('/') + 1))
                                .sorted()
                                .collect(Collectors.joining(","))))
                .age()
                .text("Version", one -> Json.text(one, "status.nodeInfo.kubeletVersion"))
                .wide("Internal-IP", one -> address(one, "InternalIP"))
                .wide("External-IP", one -> address(one, "ExternalIP"))
                .wide("OS-Image", one -> orUnknown(Json.text(one, "status.nodeInfo.osImage")))
                .wide("Kernel-Version", one -> orUnknown(Json.text(one, "status.nodeInfo.kernelVersion")))
                .wide("Container-Runtime", one -> orUnknown(Json.text(one, "status.nodeInfo.containerRuntimeVersion")))
                .list();
    }

    private static String nodeStatus(ObjectNode node) {
        var ready = Json.items(Json.at(node, "status.conditions")).stream()
                .filter(condition -> Json.text(condition, "type").equals("Ready"))
                .findFirst()
                .map(condition -> Json.text(condition, "status").equals("True") ? "Ready" : "NotReady")
                .orElse("Unknown");
        return Json.at(node, "spec.unschedulable").asBoolean() ? ready + ",SchedulingDisabled" : ready;
    }

    private static String address(ObjectNode node, String type) {
        return Json.items(Json.at(node, "status.addresses")).stream()
                .filter(address -> Json.text(address, "type").equals(type))
                .map(address -> Json.text(address, "address"))
                .findFirst()
                .orElse("<none>");
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? "<unknown>" : text;
    }
}
