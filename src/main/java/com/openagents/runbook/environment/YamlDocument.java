package com.openagents.runbook.environment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A YAML file that knows on which line each of its values stands.
 *
 * @param content the content, an empty object for an empty file
 * @param lines from JSON pointer to line, counted from 1; a key's line is that of the key
 */
record YamlDocument(JsonNode content, Map<String, Integer> lines) {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /**
     * @throws EnvironmentProblem if the file is not YAML, with the line
     */
    static YamlDocument read(Path file) {
        try {
            var text = Files.readString(file);
            var content = YAML.readTree(text);
            var lines = new HashMap<String, Integer>();
            try (var parser = YAML.getFactory().createParser(text)) {
                if (parser.nextToken() != null) {
                    locate(parser, "", lines);
                }
            }
            return new YamlDocument(
                    content.isMissingNode() || content.isNull() ? new JsonMapper().createObjectNode() : content, lines);
        } catch (JsonProcessingException e) {
            var at = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new EnvironmentProblem(file + ":" + at + ": not readable as YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line of the value at the pointer, or of the nearest value around it. */
    int line(String pointer) {
        for (var at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            var line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    private static void locate(JsonParser parser, String pointer, Map<String, Integer> lines) throws IOException {
        lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var child =
                        pointer + "/" + parser.currentName().replace("~", "~0").replace("/", "~1");
                lines.put(child, parser.currentTokenLocation().getLineNr());
                parser.nextToken();
                locate(parser, child, lines);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                locate(parser, pointer + "/" + i, lines);
            }
        }
    }
}
