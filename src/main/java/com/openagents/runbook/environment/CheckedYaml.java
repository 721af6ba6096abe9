package com.openagents.runbook.environment;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A YAML file that is as the JSON Schema beside it says, and that knows its lines. */
public final class CheckedYaml {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    private final YamlDocument document;

    private CheckedYaml(Path file, YamlDocument document) {
        this.file = file;
        this.document = document;
    }

    /**
     * @param schema a JSON Schema 2020-12
     * @throws EnvironmentProblem if the file is not as the schema says: file, line, expected, seen
     */
    public static CheckedYaml read(Path file, Path schema) {
        var checked = new CheckedYaml(file, YamlDocument.read(file));
        FileCache.ofLauncher()
                .get("fits its schema", List.of(file, schema), Boolean.class, () -> checked.check(schema));
        return checked;
    }

    private boolean check(Path schema) {
        var problems = problems(schema(schema));
        if (!problems.isEmpty()) {
            throw new EnvironmentProblem(problems);
        }
        return true;
    }

    /** The content as a record of the schema's names. */
    public <T> T as(Class<T> type) {
        return as(type, document.content());
    }

    static <T> T as(Class<T> type, JsonNode content) {
        return JSON.convertValue(content, type);
    }

    JsonNode content() {
        return document.content();
    }

    /**
     * What is wrong in a way that no schema can say.
     *
     * @param pointer the JSON pointer of the place, for example {@code /waivers/0/until}
     */
    public String problem(String pointer, String words) {
        return file + ":" + document.line(pointer) + ": " + pointer.substring(1).replace('/', '.') + ": " + words;
    }

    private List<String> problems(JsonNode schemaNode) {
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

    private static JsonNode schema(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("the schema cannot be read: " + file, e);
        }
    }
}
