package com.openagents.runbook.replica.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The description of the internal API in a working copy.
 *
 * @param isComplete whether it has a version, an info part and paths
 */
public record OpenApiDocument(boolean isComplete, List<Operation> operations) {
    static final String FILE = "docs/openapi-internal-v1.yaml";
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /**
     * One method of one path.
     *
     * @param path below {@code /internal/v1}
     * @param parameters each as {@code IN NAME}, with an exclamation mark if it is required; a body is {@code body}
     */
    public record Operation(String method, String path, Set<Integer> statuses, Set<String> parameters) {
        public String name() {
            return method + " " + path;
        }
    }

    /** @param runtime the folder {@code apps/runtime} */
    public static OpenApiDocument read(Path runtime) throws IOException {
        var document = YAML.readTree(runtime.resolve(FILE).toFile());
        var operations = new ArrayList<Operation>();
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    operations.add(operation(method.getKey(), path.getKey(), method.getValue()));
                }
            }
        }
        boolean complete = document.hasNonNull("openapi")
                && document.path("info").hasNonNull("title")
                && document.path("paths").isObject();
        return new OpenApiDocument(complete, operations);
    }

    private static Operation operation(String method, String path, JsonNode node) {
        var statuses = new TreeSet<Integer>();
        node.path("responses").fieldNames().forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        var parameters = new TreeSet<String>();
        for (var parameter : node.path("parameters")) {
            parameters.add(
                    parameter.path("in").asText() + " " + parameter.path("name").asText()
                            + (parameter.path("required").asBoolean() ? "!" : ""));
        }
        if (node.has("requestBody")) {
            parameters.add("body");
        }
        return new Operation(method.toUpperCase(Locale.ROOT), path, statuses, parameters);
    }
}
