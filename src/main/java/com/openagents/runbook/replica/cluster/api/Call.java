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
        var value = param("dryRun");
        if (!value.isEmpty() && !value.equals("All")) {
            var causes = new Causes();
            causes.notSupported("dryRun", value, java.util.List.of("All"));
            throw causes.invalid("meta.k8s.io", info.verb().equals("create") ? "CreateOptions" : "UpdateOptions", "");
        }
        return !value.isEmpty();
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

    /** The body as JSON; YAML is read too. */
    JsonNode json() {
        try {
            return contentType().contains("yaml")
                    ? new YAMLMapper().readTree(body)
                    : Json.MAPPER.readTree(
                            body.length == 0 ? "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8) : body);
        } catch (JsonProcessingException e) {
            throw Statuses.badRequest("error decoding the body: " + e.getOriginalMessage());
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
