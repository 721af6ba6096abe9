package com.openagents.runbook.replica.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of alert rules with its tests, in a copy in which the rules may be others.
 *
 * @param rules the name of the rules' file
 * @param tests the folder of the tests, relative to the rules
 */
record RuleTests(Path promtool, Path copy, String rules, String tests) {
    static final Path FOLDER = Path.of("environments", "monitoring");

    /** The rules without any alert. */
    static AlertRules none(AlertRules rules) {
        return rules.alerts().stream().reduce(rules, AlertRules::without, (one, other) -> other);
    }

    /** The rules as they are if no alert waits. */
    static AlertRules hasty(AlertRules rules) {
        return rules.alerts().stream()
                .reduce(rules, (changed, alert) -> changed.with(alert, "for", time -> "0s"), (one, other) -> other);
    }

    record Result(int exit, String output) {
        private static final Pattern MISSING = Pattern.compile("exp: \\{alertname=\"(\\w+)\".*\\s+got: nil");
        private static final Pattern SURPLUS = Pattern.compile("exp: nil\\s+got: \\{alertname=\"(\\w+)\"");

        /** The alerts that should have fired. */
        Set<String> missing() {
            return names(MISSING);
        }

        /** The alerts that should not. */
        Set<String> surplus() {
            return names(SURPLUS);
        }

        private Set<String> names(Pattern pattern) {
            return pattern.matcher(output)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        }
    }

    Result of(AlertRules changed) throws IOException {
        write(changed);
        var command = new ArrayList<>(List.of("test", "rules"));
        var folder = Files.createDirectories(copy.resolve(tests));
        try (var files = Files.newDirectoryStream(FOLDER.resolve(tests), "*.yaml")) {
            for (var file : files) {
                command.add(Files.writeString(folder.resolve(file.getFileName()), Files.readString(file))
                        .toString());
            }
        }
        return promtool(command);
    }

    Path write(AlertRules changed) throws IOException {
        return Files.writeString(copy.resolve(rules), changed.text());
    }

    Result promtool(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
