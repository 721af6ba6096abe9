package com.openagents.runbook.replica.checkout.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** YAML files of the working copy. */
final class Manifest {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifest() {}

    static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static List<String> texts(JsonNode array) {
        return items(array).stream().map(JsonNode::asText).toList();
    }
}
