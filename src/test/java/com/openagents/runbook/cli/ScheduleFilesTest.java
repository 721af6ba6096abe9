package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The files for other schedulers than Kubernetes, as far as they can be held against something here. */
class ScheduleFilesTest {
    private static final Path FILES = Path.of("environments/schedule");
    private static final Pattern COMMAND = Pattern.compile("(?:\\./|/opt/runbook/)runbook run (.*)");

    @TempDir
    private Path folder;

    @Test
    void systemd_understands_the_units() throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "systemd-analyze"))),
                "there is no systemd-analyze on this machine");
        var program = Files.writeString(folder.resolve("runbook"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        for (var unit : List.of("runbook@.service", "runbook@.timer")) {
            var text = Files.readString(FILES.resolve("systemd").resolve(unit));
            Files.writeString(folder.resolve(unit), text.replace("/opt/runbook/runbook", program.toString()));
        }

        var process = new ProcessBuilder(
                        "systemd-analyze",
                        "verify",
                        folder.resolve("runbook@staging.service").toString(),
                        folder.resolve("runbook@staging.timer").toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines().filter(line -> line.contains(folder.toString()) || line.contains("runbook")))
                .isEmpty();
        assertThat(process.waitFor()).as(said).isZero();
    }

    static Stream<Path> workflows() throws IOException {
        return Files.list(FILES.resolve("github"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void a_workflow_may_only_read_ends_by_itself_and_keeps_the_report_of_a_bad_run(Path file) throws IOException {
        var workflow = new YAMLMapper().readTree(file.toFile());

        assertThat(workflow.properties())
                .extracting(entry -> entry.getKey())
                .isSubsetOf("name", "on", "permissions", "concurrency", "env", "defaults", "jobs");
        assertThat(workflow.path("permissions").properties())
                .allSatisfy(
                        permission -> assertThat(permission.getValue().asText()).isEqualTo("read"));
        assertThat(workflow.path("jobs")).isNotEmpty().allSatisfy(job -> {
            assertThat(job.path("runs-on").asText()).isNotEmpty();
            assertThat(job.path("timeout-minutes").asInt()).isPositive();
            assertThat(job.path("steps"))
                    .allSatisfy(step ->
                            assertThat(step.has("uses") ^ step.has("run")).isTrue());
            assertThat(job.path("steps"))
                    .filteredOn(step -> step.path("uses").asText().startsWith("actions/upload-artifact@"))
                    .extracting(step -> step.path("if").asText())
                    .containsExactly("always()");
        });
        assertThat(Files.readString(file)).doesNotContain("pull_request_target");
    }

    @Test
    void what_they_tell_the_runbook_it_understands() throws IOException {
        try (var files = Files.walk(FILES)) {
            var commands = files.filter(Files::isRegularFile)
                    .flatMap(ScheduleFilesTest::lines)
                    .map(COMMAND::matcher)
                    .filter(matcher -> matcher.find())
                    .map(matcher -> matcher.group(1))
                    .toList();

            assertThat(commands)
                    .hasSize(2)
                    .allSatisfy(command -> assertThat(new CommandLine(new RunCommand())
                                    .parseArgs(command.split(" "))
                                    .matchedOptions())
                            .isNotEmpty());
            assertThat(commands)
                    .filteredOn(command -> command.contains("/var/lib/"))
                    .singleElement()
                    .asString()
                    .as("who notifies needs a memory")
                    .contains(" --history ");
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
