package com.openagents.runbook.replica.checkout;

import com.openagents.runbook.replica.runtime.Router;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.config.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds the routes of the service, its description and its written contract against each other (contract 15.2). */
final class ContractCheck {
    private static final String PREFIX = "/internal/v1";
    private static final String CONTRACT = "docs/RUNTIME_CONTRACT.md";

    private final Path runtime;
    private final List<String> problems = new ArrayList<>();

    /** @param runtime the folder {@code apps/runtime} */
    ContractCheck(Path runtime) {
        this.runtime = runtime;
    }

    /** One line each, as the task prints them. */
    List<String> problems() throws IOException {
        if (!exists(OpenApiDocument.FILE) | !exists(CONTRACT)) {
            return problems;
        }
        var document = OpenApiDocument.read(runtime);
        if (!document.isComplete()) {
            problem(OpenApiDocument.FILE + " lacks its version, info or paths");
        }
        compareWithRouter(document);
        expected().forEach(row -> compare(row, document));
        readContract();
        return problems;
    }

    private boolean exists(String file) {
        boolean exists = Files.exists(runtime.resolve(file));
        if (!exists) {
            problem("missing file " + file);
        }
        return exists;
    }

    private void compareWithRouter(OpenApiDocument document) {
        var routed = Router.routesOf(configuration()).stream()
                .filter(route -> route.pattern().startsWith(PREFIX + "/"))
                .map(route -> route.method() + " "
                        + route.pattern().substring(PREFIX.length()).replaceAll(":(\\w+)", "{$1}"))
                .collect(Collectors.toCollection(TreeSet::new));
        var documented = document.operations().stream()
                .map(OpenApiDocument.Operation::name)
                .collect(Collectors.toCollection(TreeSet::new));
        routed.stream()
                .filter(name -> !documented.contains(name))
                .forEach(name -> problem(name + " is routed and not in the OpenAPI document"));
        documented.stream()
                .filter(name -> !routed.contains(name))
                .forEach(name -> problem(name + " is in the OpenAPI document and not routed"));
    }

    private void compare(OpenApiDocument.Operation row, OpenApiDocument document) {
        Optional<OpenApiDocument.Operation> found = document.operations().stream()
                .filter(operation -> operation.name().equals(row.name()))
                .findFirst();
        if (found.isPresent()) {
            differ(row.name() + " statuses", row.statuses(), found.get().statuses());
            differ(row.name() + " parameters", row.parameters(), found.get().parameters());
        }
    }

    private void differ(String what, Set<?> expected, Set<?> documented) {
        if (!expected.equals(documented)) {
            problem(what + " must be " + expected + ", documented are " + documented);
        }
    }

    private void readContract() throws IOException {
        var text = Files.readString(runtime.resolve(CONTRACT));
        for (var row : expected()) {
            if (!text.contains("### " + row.method() + " " + PREFIX + row.path() + "\n")) {
                problem(CONTRACT + " has no heading for " + row.name());
            }
        }
        for (var word : List.of("workspace_ref", "tail_ms")) {
            if (!text.contains(word)) {
                problem(CONTRACT + " does not mention " + word);
            }
        }
    }

    /** What the contract 3.5 demands. */
    private static List<OpenApiDocument.Operation> expected() throws IOException {
        try (var table = ContractCheck.class.getResourceAsStream("internal-api.csv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s*\\|\\s*", -1))
                    .map(cells -> new OpenApiDocument.Operation(
                            cells[0],
                            cells[1],
                            words(cells[2], " ").map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new)),
                            words(cells[3], ", ").collect(Collectors.toCollection(TreeSet::new))))
                    .toList();
        }
    }

    private static java.util.stream.Stream<String> words(String cell, String separator) {
        return Arrays.stream(cell.split(separator)).map(String::strip).filter(word -> !word.isEmpty());
    }

    /** The routes do not depend on the values; the service wants them all the same. */
    private static RuntimeConfig configuration() {
        return RuntimeConfig.read(new Variables(Map.of(
                "DATABASE_URL",
                "ecto://localhost/unused",
                "SECRET_KEY_BASE",
                "unused",
                "RUNTIME_SIGNATURE_SECRET",
                "unused")));
    }

    private void problem(String message) {
        problems.add("  - [internal API contract] " + message);
    }
}
