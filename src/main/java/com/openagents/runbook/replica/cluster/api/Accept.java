package com.openagents.runbook.replica.cluster.api;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What form of answer the {@code Accept} header asks for. */
record Accept(Form form, String version) {

    enum Form {
        JSON,
        TABLE,
        METADATA,
        DISCOVERY
    }

    static Accept of(String header) {
        if (header == null || header.isBlank()) {
            return new Accept(Form.JSON, "");
        }
        for (var range : header.split(",")) {
            var accept = range(range.strip());
            if (accept != null) {
                return accept;
            }
        }
        throw Statuses.notAcceptable("application/json, application/yaml, application/vnd.kubernetes.protobuf,"
                + " application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
    }

    private static Accept range(String range) {
        var parts = range.split(";");
        var media = parts[0].strip();
        if (!media.equals("application/json") && !media.equals("*/*") && !media.equals("application/*")) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        Arrays.stream(parts)
                .skip(1)
                .map(parameter -> parameter.strip().split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> parameters.put(pair[0], pair[1]));
        var version = parameters.getOrDefault("v", "");
        return switch (parameters.getOrDefault("as", "")) {
            case "" -> new Accept(Form.JSON, "");
            case "Table" -> version.equals("v1") ? new Accept(Form.TABLE, version) : null;
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                version.equals("v1") ? new Accept(Form.METADATA, version) : null;
            case "APIGroupDiscoveryList" -> version.equals("v2") ? new Accept(Form.DISCOVERY, version) : null;
            default -> null;
        };
    }
}
