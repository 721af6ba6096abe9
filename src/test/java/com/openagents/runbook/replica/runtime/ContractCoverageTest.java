package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the data of the contract tests against the words and the routes that the contract lists. */
class ContractCoverageTest {
    private static final List<String> FILES = List.of(
            "http.yaml",
            "sequences.yaml",
            "tools.yaml",
            "sse.yaml",
            "dialogs.yaml",
            "refresh.yaml",
            "jwt.yaml",
            "mint.yaml",
            "leases.yaml",
            "janitor.yaml",
            "frames.yaml",
            "sanitizer.yaml",
            "sanitizer-keys.yaml",
            "checkpoints.yaml",
            "retention.yaml",
            "parity.yaml",
            "tool-calls.yaml",
            "comms.yaml",
            "policy.yaml");

    @TestFactory
    Stream<DynamicTest> every_outcome_of_a_table_occurs_in_its_data() {
        return Rows.tests("outcomes.yaml", table -> {
            var field = (String) table.get("field");
            var seen = new TreeSet<String>();
            for (var file : (List<?>) table.get("files")) {
                for (var row : rows((String) file)) {
                    if (row.containsKey(field)) {
                        flat(row.get(field)).forEach(seen::add);
                    }
                }
            }
            assertThat(seen).containsAll(flat(table.get("outcomes")).toList());
        });
    }

    @TestFactory
    Stream<DynamicTest> every_documented_status_of_a_route_is_answered() {
        return Rows.tests("routes.yaml", route -> {
            var answered = Stream.concat(rows("http.yaml").stream(), rows("sequences.yaml").stream())
                    .filter(row -> row.containsKey("path"))
                    .filter(row -> row.getOrDefault("method", "GET").equals(route.get("method")))
                    .filter(row -> ((String) row.get("path")).matches(pattern((String) route.get("path"))))
                    .map(row -> row.get("status"))
                    .collect(Collectors.toSet());
            assertThat(answered).containsAll((List<?>) route.get("statuses"));
        });
    }

    @Test
    void every_section_with_a_table_has_rows() {
        var sections = FILES.stream()
                .flatMap(file -> Rows.read(file).stream())
                .map(row -> (String) row.get("section"))
                .collect(Collectors.toSet());

        assertThat(sections)
                .contains("3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13")
                .contains("5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "6.1", "6.2")
                .contains("7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7")
                .contains("8.1", "8.2", "8.3", "9.1", "9.2", "9.3", "9.4")
                .contains("10.1", "10.2", "10.4", "10.5");
    }

    /** The rows of a file, and the steps of those that have some. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(String file) {
        var all = new ArrayList<Map<String, Object>>();
        for (var row : Rows.read(file)) {
            all.add(row);
            all.addAll((List<Map<String, Object>>) row.getOrDefault("steps", List.of()));
            all.addAll((List<Map<String, Object>>) row.getOrDefault("talk", List.of()));
        }
        return all;
    }

    private static Stream<String> flat(Object value) {
        return value instanceof List<?> list ? list.stream().map(Object::toString) : Stream.of(value.toString());
    }

    private static String pattern(String path) {
        return path.replaceAll("\\{\\w+\\}", "[^/]+") + "(\\?.*)?";
    }
}
