package com.openagents.runbook.environment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One violation of the schema, in words. A value at a place for secrets is never repeated. */
record SchemaProblem(Error error, YamlDocument document, JsonNode schema) {

    String text(Path file) {
        var pointer = pointer();
        return file + ":" + document.line(pointer) + ": " + words(pointer);
    }

    private String pointer() {
        var at = error.getInstanceLocation().toString();
        var pointer = at.startsWith("$") ? "" : at;
        return "additionalProperties".equals(error.getKeyword()) ? pointer + "/" + error.getProperty() : pointer;
    }

    private String words(String pointer) {
        var place = pointer.isEmpty() ? "the file" : pointer.substring(1).replace('/', '.');
        var seen = document.content().at(JsonPointer.compile(pointer));
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                place + " is not known here; " + Suggestion.sentence(error.getProperty(), knownProperties());
            case "required" -> place + " needs '" + error.getProperty() + "'" + purpose(error.getProperty());
            case "enum" -> place + ": expected one of " + error.getSchemaNode() + ", seen " + seen + suggestion(seen);
            case "pattern" ->
                place + ": expected " + expected() + ", seen " + (isSecret() ? "something else (not shown)" : seen);
            case "type" -> place + ": " + error.getMessage() + description() + (isSecret() ? "" : ", seen " + seen);
            case "not" -> place + " cannot stand here: " + expected();
            default -> place + ": " + error.getMessage() + (isSecret() ? "" : ", seen " + seen);
        };
    }

    private String suggestion(JsonNode seen) {
        var known = new ArrayList<String>();
        error.getSchemaNode().forEach(word -> known.add(word.asText()));
        return Suggestion.near(seen.asText(), known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
    }

    private JsonNode around() {
        var fragment = error.getSchemaLocation().getFragment().toString();
        return schema.at(JsonPointer.compile(fragment.substring(0, fragment.lastIndexOf('/'))));
    }

    private List<String> knownProperties() {
        var names = new ArrayList<String>();
        around().path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private String description() {
        var description = around().path("description");
        return description.isMissingNode() ? "" : " (" + description.asText() + ")";
    }

    private String purpose(String property) {
        var description = around().path("properties").path(property).path("description");
        return description.isMissingNode() ? "" : " (" + description.asText() + ")";
    }

    private String expected() {
        var description = around().path("description");
        return description.isMissingNode() ? error.getMessage() : description.asText();
    }

    private boolean isSecret() {
        return error.getSchemaLocation().toString().contains("/$defs/secret");
    }
}
