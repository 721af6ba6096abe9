package com.openagents.runbook.environment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The folder of environment files. */
public final class Environments {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String ENDING = ".yaml";

    private final Path folder;

    public Environments(Path folder) {
        this.folder = folder;
    }

    /** An environment in a list: its name and what it says of itself, or what is wrong with it. */
    public record Entry(String name, String kind, String description) {}

    /** All environments of the folder, sorted by name; examples are left out. */
    public List<Entry> list() {
        return names().stream().map(this::entry).toList();
    }

    /**
     * Reads and validates an environment; nothing is opened.
     *
     * @param name the name of one in the folder, or the path of a file that ends with {@code .yaml}
     * @throws EnvironmentProblem if there is none, or if its file is wrong; the message says file, line, expected, seen
     */
    public Environment find(String name) {
        return new Environment(read(name));
    }

    private Entry entry(String name) {
        try {
            var file = read(name);
            return new Entry(name, file.kind().name().toLowerCase(Locale.ROOT), file.description());
        } catch (EnvironmentProblem problem) {
            return new Entry(name, "wrong", problem.getMessage());
        }
    }

    private EnvironmentFile read(String name) {
        if (name.endsWith(ENDING)) {
            var file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                throw new EnvironmentProblem("There is no file " + file);
            }
            return read(file, withoutEnding(file));
        }
        if (!names().contains(name)) {
            throw new EnvironmentProblem(
                    "There is no environment '" + name + "' in " + folder + "; " + Suggestion.sentence(name, names()));
        }
        return read(folder.resolve(name + ENDING), name);
    }

    private EnvironmentFile read(Path file, String name) {
        var document = YamlDocument.read(file);
        var problems = validate(file, document);
        if (!problems.isEmpty()) {
            throw new EnvironmentProblem(problems);
        }
        return JSON.convertValue(document.content(), EnvironmentFile.class).named(name);
    }

    private List<String> names() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .map(Environments::withoutEnding)
                    .filter(name -> !name.endsWith(".example"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new EnvironmentProblem("The folder of environments cannot be read: " + folder);
        }
    }

    private static String withoutEnding(Path file) {
        var name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    private List<String> validate(Path file, YamlDocument document) {
        var schemaNode = schema();
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaNode);
        var problems = new ArrayList<String>();
        for (var error : schema.validate(document.content())) {
            if (!"if".equals(error.getKeyword())) {
                problems.add(new SchemaProblem(error, document, schemaNode).text(file));
            }
        }
        return problems.stream().distinct().sorted().toList();
    }

    private JsonNode schema() {
        try {
            return JSON.readTree(folder.resolve("schema.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("environments/schema.json cannot be read", e);
        }
    }

    /** One violation of the schema, in words. A value at a place for secrets is never repeated. */
    private record SchemaProblem(Error error, YamlDocument document, JsonNode schema) {

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
                case "enum" ->
                    place + ": expected one of " + error.getSchemaNode() + ", seen " + seen + suggestion(seen);
                case "pattern" ->
                    place + ": expected " + expected() + ", seen " + (isSecret() ? "something else (not shown)" : seen);
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
}
