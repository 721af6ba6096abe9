package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Words a server written in Go uses about JSON. */
final class GoJson {

    private GoJson() {}

    /** What is wrong with a text that is not JSON. */
    static String problem(JsonProcessingException failure, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        var location = failure.getLocation();
        var at = location == null ? -1 : (int) location.getByteOffset();
        for (int i = Math.min(at, text.length() - 1); i >= 0; i--) {
            // The parser stops behind a word it does not know; the word's first character is the culprit.
            if (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1))) {
                var where = i > 0 && text.charAt(i - 1) == '{' ? "object key string" : "value";
                return "invalid character '%s' looking for beginning of %s".formatted(text.charAt(i), where);
            }
        }
        return "unexpected end of JSON input";
    }

    static String shown(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** An object as Go prints a map: {@code map[image:a:1]}. */
    static String map(JsonNode object) {
        return object.properties().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().asText())
                .sorted()
                .collect(Collectors.joining(" ", "map[", "]"));
    }
}
