package com.openagents.runbook.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON on many lines, whose bytes depend on nothing but its content; the order of a map is that of the map. */
public final class PrettyJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private PrettyJson() {}

    /** The JSON, ending with a line feed. */
    public static String text(Object content) {
        try {
            return MAPPER.writer(printer()).writeValueAsString(content) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON", e);
        }
    }

    /** Of one document: it counts how deep it is. */
    static PrettyPrinter printer() {
        var lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    }
}
