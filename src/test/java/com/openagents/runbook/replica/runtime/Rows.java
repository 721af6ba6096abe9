package com.openagents.runbook.replica.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The tables of the contract as data: each row names its section and its case. */
public final class Rows {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Rows() {}

    public static Stream<DynamicTest> tests(String file, Check check) {
        return read(file).stream()
                .map(row ->
                        DynamicTest.dynamicTest(row.get("section") + " " + row.get("case"), () -> check.check(row)));
    }

    public static List<Map<String, Object>> read(String file) {
        try (var stream = Rows.class.getResourceAsStream("/replica/runtime/" + file)) {
            return YAML.readValue(stream, YAML.getTypeFactory().constructCollectionType(List.class, Map.class));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Map<String, Object> row, String key) {
        return (Map<String, Object>) row.getOrDefault(key, Map.of());
    }

    /** Judges one row. */
    public interface Check {
        void check(Map<String, Object> row) throws Exception;
    }
}
