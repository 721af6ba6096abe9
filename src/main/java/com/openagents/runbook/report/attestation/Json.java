package com.openagents.runbook.report.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openagents.runbook.report.PrettyJson;
import java.nio.charset.StandardCharsets;

/** JSON whose bytes depend on nothing but its content. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** On one line, without a line feed. */
    static byte[] bytes(Object content) {
        try {
            return MAPPER.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON", e);
        }
    }

    /** On many lines, for people. */
    static byte[] pretty(Object content) {
        return PrettyJson.text(content).getBytes(StandardCharsets.UTF_8);
    }
}
