package com.openagents.runbook.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.environment.EnvironmentProblem;
import com.openagents.runbook.environment.Environments;
import com.openagents.runbook.report.Waiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of waivers: what it says, and how a wrong one is answered. */
class WaiverFileTest {
    private static final String WAIVER = """
            waivers:
              - scenario: Every runtime pod is healthy
                owner: j.doe
                approver: m.roe
                ticket: OPS-411
                reason: the new node pool comes in December
                risk: one pod fewer under load
                from: 2026-11-01T00:00:00Z
                until: 2026-12-01T00:00:00Z
            """;

    @TempDir
    private Path folder;

    private SmallHome home;

    @BeforeEach
    void write() throws IOException {
        home = new SmallHome(folder);
    }

    @Test
    void a_waiver_is_read_as_it_is_written() throws IOException {
        assertThat(waivers(WAIVER)).singleElement().satisfies(waiver -> {
            assertThat(waiver.id()).isEqualTo("W1");
            assertThat(waiver.scenario()).isEqualTo("Every runtime pod is healthy");
            assertThat(waiver.statement()).isEmpty();
            assertThat(waiver.environments()).isEmpty();
            assertThat(waiver.until()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenario: 1-every-runtime-pod-is-healthy", "statement: \"1.1\""})
    void a_waiver_may_name_an_id_or_a_statement(String subject) throws IOException {
        assertThat(waivers(WAIVER.replace("scenario: Every runtime pod is healthy", subject)))
                .hasSize(1);
    }

    @Test
    void a_waiver_for_another_environment_is_left_out_and_keeps_the_others_in_their_place() throws IOException {
        var other = WAIVER.replace("    owner", "    environments: [production]\n    owner");
        var both = other + WAIVER.replace("waivers:\n", "");

        assertThat(waivers(both)).extracting(Waiver::id).containsExactly("W2");
        assertThat(waivers(both.replace("[production]", "[production, there]"))).hasSize(2);
    }

    @Test
    void a_waiver_may_be_as_long_as_the_environment_says() throws IOException {
        assertThat(waivers(until("2027-01-30T00:00:00Z"))).hasSize(1);
        assertThatThrownBy(() -> waivers(until("2027-01-30T00:00:01Z")))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining("waivers.yaml:9: waivers.0.until: expected at most 90 days after 'from', as"
                        + " environment 'there' has it (waivers: longest), seen 90 days and 1 s");
        assertThatThrownBy(() -> waivers(WAIVER, "waivers: {longest: 29d}\n"))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining("expected at most 29 days after 'from'")
                .hasMessageEndingWith("seen 30 days");
    }

    @Test
    void the_length_of_a_waiver_for_another_environment_is_not_ours_to_judge() throws IOException {
        var other = until("2027-12-01T00:00:00Z").replace("    owner", "    environments: [production]\n    owner");

        assertThat(waivers(other)).isEmpty();
    }

    static Stream<Arguments> wrongWaivers() {
        return Stream.of(
                Arguments.of(
                        "scenario: Every runtime pod is healthy",
                        "scenario: Every runtime pod is helthy",
                        "waivers.yaml:2: waivers.0.scenario: there is no scenario 'Every runtime pod is helthy' in the"
                                + " features; did you mean 'Every runtime pod is healthy'?"),
                Arguments.of(
                        "scenario: Every runtime pod is healthy",
                        "scenario: Something else",
                        "there is no scenario 'Something else' in the features; give its name, or its id as reports"),
                Arguments.of(
                        "scenario: Every runtime pod is healthy",
                        "statement: \"1.4\"",
                        "waivers.yaml:2: waivers.0.statement: no scenario of the features names statement 1.4; did you"
                                + " mean '1.1'?"),
                Arguments.of(
                        "scenario: Every runtime pod is healthy",
                        "statement: \"1.3\"",
                        "no scenario of the features names statement 1.3"),
                Arguments.of(
                        "scenario: Every runtime pod is healthy",
                        "statement: 1.1",
                        "waivers.yaml:2: waivers.0.statement: number found, string expected (a statement of the"
                                + " runbook, in quotes: \"1.2\""),
                Arguments.of(
                        "scenario: Every runtime pod is healthy\n",
                        "risc: x\n",
                        "waivers.yaml:2: waivers.0.risc is not known here; did you mean 'risk'?"),
                Arguments.of(
                        "scenario: Every runtime pod is healthy\n    owner: j.doe",
                        "owner: j.doe",
                        "waivers.yaml:2: waivers.0: expected either 'scenario' or 'statement', seen none"),
                Arguments.of(
                        "    owner",
                        "    statement: \"1.1\"\n    owner",
                        "waivers.0: expected either 'scenario' or 'statement', seen both"),
                Arguments.of(
                        "approver: m.roe",
                        "approver: J.Doe",
                        "waivers.yaml:4: waivers.0.approver: expected somebody else than the owner, seen 'J.Doe' twice"),
                Arguments.of("    ticket: OPS-411\n", "", "waivers.0 needs 'ticket' (where the work on it is tracked)"),
                Arguments.of(
                        "2026-12-01T00:00:00Z",
                        "2026-12-01T00:00:00",
                        "waivers.yaml:9: waivers.0.until: expected an instant in UTC that ends with Z, such as"
                                + " 2026-12-01T00:00:00Z, seen \"2026-12-01T00:00:00\""),
                Arguments.of(
                        "2026-12-01T00:00:00Z",
                        "2026-12-01T00:00:00+01:00",
                        "waivers.0.until: expected an instant in UTC that ends with Z"),
                Arguments.of("2026-12-01T00:00:00Z", "2026-12-01", "expected an instant in UTC that ends with Z"),
                Arguments.of(
                        "2026-12-01T00:00:00Z",
                        "2026-02-30T00:00:00Z",
                        "waivers.yaml:9: waivers.0.until: there is no such day or time: 2026-02-30T00:00:00Z"),
                Arguments.of(
                        "2026-12-01T00:00:00Z",
                        "2026-10-01T00:00:00Z",
                        "waivers.yaml:9: waivers.0.until: expected a time after 'from', seen 2026-10-01T00:00:00Z"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongWaivers")
    void a_wrong_waiver_is_answered_with_line_expected_and_seen(String right, String wrong, String message) {
        assertThat(WAIVER).contains(right);
        assertThatThrownBy(() -> waivers(WAIVER.replace(right, wrong)))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining(message);
    }

    @Test
    void the_waivers_beside_the_environment_count_rather_than_the_runbooks_own() throws IOException {
        home.file("waivers.yaml", WAIVER);
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        var file = Files.writeString(
                elsewhere.resolve("there.yaml"), "kind: live\ndescription: x\nsystems: {checkout: {path: /x}}\n");
        var environment = new Environments(Path.of("environments")).find(file.toString());
        assertThat(Compliance.of(home.features(), environment).waivers()).hasSize(1);

        Files.writeString(elsewhere.resolve("waivers.yaml"), "waivers: []\n");

        assertThat(Compliance.of(home.features(), environment).waivers()).isEmpty();
    }

    @Test
    void without_the_files_there_are_none() throws IOException {
        var compliance = Compliance.of(home.features(), home.environment(""));

        assertThat(compliance.waivers()).isEmpty();
        assertThat(compliance.frameworks()).isEmpty();
    }

    @Test
    void the_example_of_the_documentation_is_a_waiver() throws IOException {
        var example = Pattern.compile("(?s)```yaml\n(waivers:\n.*?)```")
                .matcher(Files.readString(Path.of("docs/waivers.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        Files.writeString(
                home.features().resolve("01.feature"), Files.readString(Path.of("features/01-daily-checks.feature")));

        assertThat(waivers(example)).isNotEmpty();
    }

    private static String until(String until) {
        return WAIVER.replace("2026-12-01T00:00:00Z", until);
    }

    private List<Waiver> waivers(String yaml) throws IOException {
        return waivers(yaml, "");
    }

    private List<Waiver> waivers(String yaml, String more) throws IOException {
        home.file("waivers.yaml", yaml);
        return Compliance.of(home.features(), home.environment(more)).waivers();
    }
}
