package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes a call for a subresource to whoever answers it. */
final class Subresources {

    private final Store store;
    private final Reader reader;
    private final Writer writer;
    private final Evictions evictions;
    private final LogStreams logs;
    private final Tokens tokens;
    private final Metadata metadata;

    Subresources(
            Store store,
            Reader reader,
            Writer writer,
            Evictions evictions,
            LogStreams logs,
            Tokens tokens,
            Metadata metadata) {
        this.store = store;
        this.reader = reader;
        this.writer = writer;
        this.evictions = evictions;
        this.logs = logs;
        this.tokens = tokens;
        this.metadata = metadata;
    }

    void answer(Call call) {
        if (!call.type().subresources().contains(call.info().subresource())) {
            throw Statuses.unknownResource();
        }
        var verb = call.info().verb();
        switch (call.info().subresource()) {
            case "status", "finalize" -> object(call);
            case "scale" -> new Scales(reader, writer).answer(call);
            case "eviction" -> only(verb, "create", () -> evictions.evict(call, reader.find(call)));
            case "binding" -> only(verb, "create", () -> bind(call));
            case "log" -> only(verb, "get", () -> logs.send(call, reader.find(call)));
            default ->
                only(verb, "create", () -> {
                    var request = Decoder.object(call, "authentication.k8s.io/v1", "TokenRequest");
                    var writer = new ManagedFields.Writer(call.manager(), "Update", "token");
                    var answer = tokens.issue(reader.find(call), request);
                    var schema = Schema.kind("authentication.k8s.io/v1/TokenRequest");
                    ManagedFields.record(request, null, schema, writer, metadata.now());
                    Json.meta(answer)
                            .set("managedFields", request.path("metadata").path("managedFields"));
                    call.reply(201, answer);
                });
        }
    }

    private static void only(String verb, String allowed, Runnable action) {
        if (!verb.equals(allowed)) {
            throw Statuses.methodNotAllowed();
        }
        action.run();
    }

    private void object(Call call) {
        switch (call.info().verb()) {
            case "get" -> reader.get(call);
            case "update" -> writer.update(call);
            case "patch" -> writer.patch(call);
            default -> throw Statuses.methodNotAllowed();
        }
    }

    /** Puts a pod on a node, as a scheduler does. */
    private void bind(Call call) {
        var binding = Decoder.object(call, "v1", "Binding");
        var pod = reader.find(call);
        var node = Json.text(binding, "target.name");
        var there = Json.text(pod, "spec.nodeName");
        if (!there.isEmpty()) {
            var status = Statuses.failure(
                    409,
                    "Conflict",
                    "Operation cannot be fulfilled on pods/binding \"%s\": pod %s is already assigned to node \"%s\""
                            .formatted(Json.name(pod), Json.name(pod), there));
            status.putObject("details").put("name", Json.name(pod)).put("kind", "pods/binding");
            throw new ApiError(status);
        }
        var bound = pod.deepCopy();
        Json.child(bound, "spec").put("nodeName", node);
        scheduled(Json.child(bound, "status"));
        if (!call.dryRun()) {
            store.put(ResourceTypes.PODS, bound);
        }
        call.reply(201, Statuses.created());
    }

    private void scheduled(ObjectNode status) {
        var others = Json.items(status.path("conditions")).stream()
                .filter(condition -> !Json.text(condition, "type").equals("PodScheduled"))
                .toList();
        var conditions = status.putArray("conditions").addAll(others);
        var scheduled = conditions.addObject().put("type", "PodScheduled").put("status", "True");
        scheduled.putNull("lastProbeTime").put("lastTransitionTime", metadata.now());
    }
}
