package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Locale;

/** One request for a served kind, and its answer. */
record Call(HttpServerRequest request, RequestInfo info, ResourceType type, User user, Accept accept, byte[] body) {

    String param(String name) {
        var value = request.getParam(name);
        return value == null ? "" : value;
    }

    boolean flag(String name) {
        var value = param(name);
        return value.equals("true") || value.equals("1");
    }

    boolean dryRun() {
        return !param("dryRun").isEmpty();
    }

    void requireDryRun() {
        var value = param("dryRun");
        if (!value.isEmpty() && !value.equals("All")) {
            var causes = new Causes();
            causes.notSupported("dryRun", Json.array().add(value), java.util.List.of("All"));
            throw causes.refusal("meta.k8s.io", optionsKind(), "");
        }
    }

    /** The kind of the options that stand in the query. */
    String optionsKind() {
        return switch (info.verb()) {
            case "create" -> "CreateOptions";
            case "update" -> "UpdateOptions";
            case "patch" -> "PatchOptions";
            case "list", "watch" -> "ListOptions";
            default -> "DeleteOptions";
        };
    }

    /** The field manager: the parameter, else the program named first in the User-Agent. */
    String manager() {
        var asked = param("fieldManager");
        if (!asked.isEmpty()) {
            return asked;
        }
        var agent = request.getHeader("User-Agent");
        return agent == null ? "unknown" : agent.split("[/ ]", 2)[0];
    }

    String contentType() {
        var header = request.getHeader("Content-Type");
        return header == null ? "" : header.split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The body; YAML and the few protobuf messages kubectl sends are read too.
     *
     * @param kind the kind of object expected, for the messages
     */
    JsonNode json(String kind) {
        var type = contentType();
        try {
            if (type.contains("yaml")) {
                return new YAMLMapper().readTree(body);
            }
            if (type.equals(Protobuf.MEDIA_TYPE)) {
                return Protobuf.read(body);
            }
            if (!type.isEmpty() && !type.equals("application/json")) {
                throw Statuses.unsupportedMediaType(
                        "application/json, application/yaml, application/vnd.kubernetes.protobuf");
            }
            return body.length == 0 ? Json.object() : Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw Statuses.badRequest(
                    "the object provided is unrecognized (must be of type %s): couldn't get version/kind; json parse error: %s (%s)"
                            .formatted(kind, GoJson.problem(e, body), GoJson.shown(body)));
        } catch (IOException e) {
            throw Statuses.badRequest("error reading the body: " + e.getMessage());
        }
    }

    void reply(int code, ObjectNode node) {
        send(code, "application/json", Json.bytes(node));
    }

    void send(int code, String mediaType, byte[] bytes) {
        request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", mediaType)
                .putHeader("Cache-Control", "no-cache, private")
                .end(Buffer.buffer(bytes));
    }
}
