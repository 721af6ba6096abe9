package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;

/** The scale of a workload: how many pods it should have, and has. */
final class Scales {

    private final Reader reader;
    private final Writer writer;

    Scales(Reader reader, Writer writer) {
        this.reader = reader;
        this.writer = writer;
    }

    void answer(Call call) {
        var workload = reader.find(call);
        switch (call.info().verb()) {
            case "get" -> call.reply(200, of(workload));
            case "update" -> set(call, workload, Decoder.object(call, "autoscaling/v1", "Scale"));
            case "patch" -> set(call, workload, Patches.apply(call, of(workload), Schema.kind("autoscaling/v1/Scale")));
            default -> throw Statuses.methodNotAllowed();
        }
    }

    private void set(Call call, ObjectNode workload, ObjectNode scale) {
        var wanted = scale.path("spec").path("replicas").asInt();
        if (wanted < 0) {
            var causes = new Causes();
            causes.invalid("spec.replicas", wanted, "must be greater than or equal to 0");
            throw causes.refusal("autoscaling", "Scale", Json.name(workload));
        }
        var updated = workload.deepCopy();
        var version = Json.text(scale, "metadata.resourceVersion");
        if (!version.isEmpty()) {
            Json.meta(updated).put("resourceVersion", version);
        }
        Json.child(updated, "spec").put("replicas", wanted);
        call.reply(200, of(writer.change(asWholeObject(call), workload, updated)));
    }

    /** A change of the scale is a change of the spec, not of a status. */
    private static Call asWholeObject(Call call) {
        var info = call.info();
        var whole = new RequestInfo(
                info.verb(), info.group(), info.version(), info.namespace(), info.resource(), info.name(), "");
        return new Call(call.request(), whole, call.type(), call.user(), call.accept(), call.body());
    }

    private static ObjectNode of(ObjectNode workload) {
        var scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        var meta = scale.putObject("metadata");
        for (var field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            meta.set(field, workload.path("metadata").get(field));
        }
        var spec = scale.putObject("spec");
        var wanted = Json.at(workload, "spec.replicas").asInt();
        if (wanted != 0) {
            spec.put("replicas", wanted);
        }
        scale.putObject("status")
                .put("replicas", Json.at(workload, "status.replicas").asInt())
                .put("selector", selector(Json.at(workload, "spec.selector")));
        return scale;
    }

    /** A selector as text: {@code app=runtime,tier in (a,b)}. */
    static String selector(JsonNode selector) {
        var parts = new java.util.ArrayList<String>();
        Json.strings(selector.path("matchLabels")).entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(entry -> parts.add(entry.getKey() + "=" + entry.getValue()));
        for (var expression : selector.path("matchExpressions")) {
            var key = Json.text(expression, "key");
            var values = Json.items(expression.path("values")).stream()
                    .map(JsonNode::asText)
                    .sorted()
                    .collect(Collectors.joining(",", "(", ")"));
            parts.add(
                    switch (Json.text(expression, "operator")) {
                        case "In" -> key + " in " + values;
                        case "NotIn" -> key + " notin " + values;
                        case "Exists" -> key;
                        default -> "!" + key;
                    });
        }
        return String.join(",", parts);
    }
}
