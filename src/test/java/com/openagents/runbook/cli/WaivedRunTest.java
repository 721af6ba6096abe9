package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waivers and controls as a person uses them: a home of its own, and an environment that is quickly asked. */
class WaivedRunTest {
    private static final String HOME = "runbook.home";

    @TempDir
    private Path home;

    private final StringWriter terminal = new StringWriter();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void move() throws IOException {
        copy("features", ".feature");
        copy("docs", "runbook.md");
        copy("environments", ".json");
        copy("environments", "controls.yaml");
        Files.createDirectories(home.resolve("checkout/apps/runtime"));
        Files.writeString(
                home.resolve("environments/there.yaml"),
                "kind: live\ndescription: x\nsystems: {checkout: {path: " + home.resolve("checkout") + "}}\n");
        System.setProperty(HOME, home.toString());
    }

    @AfterEach
    void moveBack() {
        System.clearProperty(HOME);
    }

    @Test
    void a_waived_finding_lets_the_run_pass_and_is_told_with_its_waiver() throws IOException {
        waiver("The drills have a document and a latest report", now.minus(1, ChronoUnit.DAYS));

        assertThat(run()).as(terminal::toString).isZero();

        assertThat(terminal.toString())
                .contains("waived  W1 until", "OPS-411; owner j.doe, approved by m.roe")
                .contains("NOTHING PASSED, 1 WAIVED  there  1 waived");
        var result = new ObjectMapper()
                .readTree(home.resolve("runs/latest/result.json").toFile());
        assertThat(result.path("verdict").asText()).isEqualTo("waived");
        assertThat(result.findValuesAsText("waiver")).containsExactly("W1");
        assertThat(result.path("frameworks").findValuesAsText("id")).contains("SOC2", "CC7.2");
        assertThat(Files.readString(home.resolve("runs/latest/report.html")))
                .contains("id=\"waiver-W1\"", "ISO/IEC 27001:2022");
    }

    @Test
    void a_waiver_that_is_over_changes_nothing_but_the_words() throws IOException {
        waiver("The drills have a document and a latest report", now.minus(40, ChronoUnit.DAYS));

        assertThat(run()).as(terminal::toString).isNotZero();

        assertThat(terminal.toString()).contains("Waiver W1 (OPS-411, owner j.doe) expired");
    }

    @Test
    void a_waiver_of_what_does_not_exist_is_a_wrong_configuration() throws IOException {
        waiver("The drills have a document and the latest report", now);

        assertThat(run()).isEqualTo(ExitCode.USAGE);

        assertThat(terminal.toString())
                .contains("waivers.yaml:2: waivers.0.scenario: there is no scenario")
                .contains("did you mean 'The drills have a document and a latest report'?")
                .doesNotContain("\tat ");
        assertThat(home.resolve("runs")).doesNotExist();
    }

    @Test
    void a_control_of_what_does_not_exist_fails_the_coverage() throws IOException {
        var controls = home.resolve("environments/controls.yaml");
        Files.writeString(controls, Files.readString(controls).replace("\"4C.3\"", "\"4C.33\""));

        assertThat(execute("coverage")).isEqualTo(1);

        assertThat(terminal.toString())
                .contains("the runbook has no statement 4C.33; did you mean '4C.3'?")
                .doesNotContain("\tat ");
    }

    private int run() {
        return execute(
                "run",
                "--environment",
                "there",
                "--tags",
                "@statement:8.6",
                "--output",
                home.resolve("runs").toString());
    }

    private int execute(String... arguments) {
        var out = new PrintWriter(terminal, true);
        return Main.commandLine().setOut(out).setErr(out).execute(arguments);
    }

    /** Thirty days long. */
    private void waiver(String scenario, Instant from) throws IOException {
        Files.writeString(home.resolve("environments/waivers.yaml"), """
                waivers:
                  - scenario: %s
                    owner: j.doe
                    approver: m.roe
                    ticket: OPS-411
                    reason: the working copy comes with the next release
                    risk: none
                    from: %s
                    until: %s
                """.formatted(
                        scenario, from, from.plus(30, ChronoUnit.DAYS)));
    }

    private void copy(String folder, String ending) throws IOException {
        var into = Files.createDirectories(home.resolve(folder));
        try (var files = Files.list(Path.of(folder))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                Files.copy(file, into.resolve(file.getFileName()));
            }
        }
    }
}
