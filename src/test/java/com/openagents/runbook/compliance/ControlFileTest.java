package com.openagents.runbook.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.environment.EnvironmentProblem;
import com.openagents.runbook.environment.Environments;
import com.openagents.runbook.report.Framework;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of controls: what it says, and how a wrong one is answered. */
class ControlFileTest {
    private static final String CONTROLS = """
            frameworks:
              - id: SOC2
                title: SOC 2
                controls:
                  - id: CC7.2
                    title: The system is watched
                    statements: ["1.1"]
                  - id: CC7.4
                    title: Incidents are answered
                    scenarios: [1-the-autoscaler-is-calm]
                  - id: CC9.1
                    title: Disruption is prepared for
            """;

    @TempDir
    private Path folder;

    private SmallHome home;

    @BeforeEach
    void write() throws IOException {
        home = new SmallHome(folder);
    }

    @Test
    void a_control_knows_how_many_scenarios_stand_for_it() throws IOException {
        home.file("controls.yaml", CONTROLS);

        assertThat(Compliance.of(home.features(), home.environment("")).frameworks())
                .singleElement()
                .satisfies(soc2 -> assertThat(soc2.controls())
                        .extracting(Framework.Control::known)
                        .containsExactly(1, 1, 0));
    }

    @Test
    void gaps_are_told_on_both_sides() throws IOException {
        home.file("controls.yaml", CONTROLS.replace("[1-the-autoscaler-is-calm]", "[Every runtime pod is healthy]"));

        assertThat(Compliance.gaps(home.features()))
                .containsExactly(
                        "no scenario for SOC2-CC9.1  Disruption is prepared for",
                        "no SOC2 control for  The autoscaler is calm");
    }

    static Stream<Arguments> wrongControls() {
        return Stream.of(
                Arguments.of(
                        "[\"1.1\"]",
                        "[\"1.11\"]",
                        "controls.yaml:7: frameworks.0.controls.0.statements.0: the runbook has no statement 1.11; did"
                                + " you mean '1.1'?"),
                Arguments.of(
                        "1-the-autoscaler-is-calm",
                        "The autoscaler is clam",
                        "controls.yaml:10: frameworks.0.controls.1.scenarios.0: there is no scenario 'The autoscaler is"
                                + " clam' in the features; did you mean 'The autoscaler is calm'?"),
                Arguments.of(
                        "id: CC7.4", "id: CC7.2", "controls.yaml:8: frameworks.0.controls.1.id: control CC7.2 stands"),
                Arguments.of(
                        "frameworks:",
                        "frameworks:\n  - {id: SOC2, title: Again, controls: [{id: CC1.1, title: One}]}",
                        "controls.yaml:3: frameworks.1.id: framework SOC2 stands here twice"),
                Arguments.of("statements:", "statments:", "did you mean 'statements'?"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongControls")
    void a_wrong_control_is_answered_with_line_expected_and_seen(String right, String wrong, String message)
            throws IOException {
        home.file("controls.yaml", CONTROLS.replace(right, wrong));

        assertThatThrownBy(() -> Compliance.gaps(home.features()))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining(message);
    }

    @Test
    void the_files_of_the_distribution_name_what_exists_and_every_scenario_serves_each_framework() {
        var here = new Environments(Path.of("environments")).find("embedded");

        assertThat(Compliance.of(Path.of("features"), here).frameworks())
                .extracting(Framework::id)
                .containsExactly("SOC2", "ISO27001", "NIST800-53");
        assertThat(Compliance.gaps(Path.of("features"))).allMatch(gap -> gap.startsWith("no scenario for"));
    }
}
