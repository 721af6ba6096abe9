package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The two versions of an event: the core one is stored, {@code events.k8s.io} is a view of it. */
final class EventConversion {

    private static final Map<String, String> CORE_TO_NEW = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "source", "deprecatedSource",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount",
            "reportingComponent", "reportingController");

    private EventConversion() {}

    static ObjectNode toNew(ObjectNode core) {
        var newer = renamed(core, "events.k8s.io/v1", CORE_TO_NEW);
        for (var field : List.of("reportingController", "reportingInstance")) {
            if (Json.text(newer, field).isEmpty()) {
                newer.remove(field);
            }
        }
        return newer;
    }

    static ObjectNode toCore(ObjectNode newer) {
        var back = new java.util.HashMap<String, String>();
        CORE_TO_NEW.forEach((core, name) -> back.put(name, core));
        return renamed(newer, "v1", back);
    }

    private static ObjectNode renamed(ObjectNode event, String apiVersion, Map<String, String> names) {
        var copy = Json.object();
        event.properties()
                .forEach(entry -> copy.set(names.getOrDefault(entry.getKey(), entry.getKey()), entry.getValue()));
        copy.put("apiVersion", apiVersion);
        return copy;
    }
}
