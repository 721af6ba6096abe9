package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a file that is wrong. Apart from valid ones, for each mistake brings a file of its own. */
class WrongEnvironmentsTest {
    @TempDir
    private Path folder;

    private EnvironmentFolder files;
    private Environments environments;

    @BeforeEach
    void open() throws IOException {
        files = new EnvironmentFolder(folder);
        environments = new Environments(folder);
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of(
                        "a misspelt key",
                        """
                        kind: live
                        description: x
                        systems:
                          kubernetes:
                            contxt: gke
                            namespace: openagents
                        """,
                        "wrong.yaml:5: systems.kubernetes.contxt is not known here; did you mean 'context'?"),
                Arguments.of(
                        "a missing key",
                        """
                        kind: live
                        description: x
                        systems:
                          kubernetes:
                            context: gke
                        """,
                        "wrong.yaml:4: systems.kubernetes needs 'namespace' (the namespace of the runtime)"),
                Arguments.of(
                        "a live system without what reaches it", """
                        kind: live
                        description: x
                        systems:
                          database:
                            url: jdbc:postgresql://localhost:5432/
                        """, "wrong.yaml:4: systems.database needs 'user'"),
                Arguments.of(
                        "a wrong duration",
                        """
                        kind: live
                        description: x
                        systems:
                          kubernetes: {context: a, namespace: b}
                        thresholds:
                          pods:
                            restart-window: one hour
                        """,
                        "wrong.yaml:7: thresholds.pods.restart-window: expected a number and a unit: 30s, 15m, 1h, 1d,"
                                + " seen \"one hour\""),
                Arguments.of(
                        "a replica where nothing is embedded",
                        """
                        kind: live
                        description: x
                        systems:
                          kubernetes: {context: a, namespace: b}
                        replica:
                          speed: 2
                        """,
                        "wrong.yaml:5: replica cannot stand here: only an environment of kind"
                                + " embedded or containers has a replica"),
                Arguments.of(
                        "a container in the place of what is elsewhere",
                        """
                        kind: containers
                        description: x
                        systems:
                          kubernetes: {namespace: b}
                          database: {url: "jdbc:postgresql://localhost:5432/"}
                        """,
                        "wrong.yaml:5: systems.database.url cannot stand here: in containers its own database is asked"),
                Arguments.of(
                        "containers where there are none",
                        """
                        kind: embedded
                        description: x
                        systems:
                          kubernetes: {namespace: b}
                        containers: {pull: never}
                        """,
                        "wrong.yaml:5: containers cannot stand here: only an environment of kind containers has them"),
                Arguments.of(
                        "when images are fetched",
                        """
                        kind: containers
                        description: x
                        systems:
                          kubernetes: {namespace: b}
                        containers: {pull: sometimes}
                        """,
                        "wrong.yaml:5: containers.pull: expected one of [\"always\",\"missing\",\"never\"], seen"),
                Arguments.of(
                        "nobody to notify",
                        """
                        kind: live
                        description: x
                        systems: {prometheus: {url: "http://p:9090"}}
                        notify: {to: {slak: {url: env:HOOK}}}
                        """,
                        "wrong.yaml:4: notify.to.slak is not known here; did you mean 'slack'?"),
                Arguments.of(
                        "a time zone that is none",
                        """
                        kind: live
                        description: x
                        systems: {prometheus: {url: "http://p:9090"}}
                        notify:
                          quiet-hours: {from: "22:00", to: "07:00", zone: Europe/Berln}
                          to: {slack: {url: env:HOOK}}
                        """,
                        "wrong.yaml:5: notify.quiet-hours.zone: expected a time zone such as Europe/Berlin, seen"
                                + " \"Europe/Berln\"; did you mean 'Europe/Berlin'?"),
                Arguments.of(
                        "quiet hours without an end",
                        """
                        kind: live
                        description: x
                        systems: {prometheus: {url: "http://p:9090"}}
                        notify:
                          quiet-hours: {from: "22:00", to: "22:00", zone: UTC}
                          to: {slack: {url: env:HOOK}}
                        """,
                        "wrong.yaml:5: notify.quiet-hours.to: expected another time than in from, seen \"22:00\" in both"),
                Arguments.of(
                        "a time that is none",
                        """
                        kind: live
                        description: x
                        systems: {prometheus: {url: "http://p:9090"}}
                        notify:
                          quiet-hours: {from: 22:00, to: "7:00", zone: UTC}
                          to: {slack: {url: env:HOOK}}
                        """,
                        "wrong.yaml:5: notify.quiet-hours.to: expected a time of day in quotation marks"),
                Arguments.of(
                        "the address of a hook as a value",
                        """
                        kind: live
                        description: x
                        systems: {prometheus: {url: "http://p:9090"}}
                        notify: {to: {slack: {url: "https://hooks.example.org/T000/B000"}}}
                        """,
                        "wrong.yaml:4: notify.to.slack.url: expected where a secret is, never the secret: env:NAME,"
                                + " file:PATH or secret:NAMESPACE/NAME/KEY, seen something else (not shown)"),
                Arguments.of(
                        "a password over the open street",
                        """
                        kind: live
                        description: x
                        systems: {prometheus: {url: "http://p:9090"}}
                        notify:
                          to:
                            mail: {host: m, tls: none, from: a@b, to: [c@d], user: me, password: env:PASSWORD}
                        """,
                        "wrong.yaml:6: notify.to.mail.password cannot stand here: a password is sent over"
                                + " encrypted ways only"),
                Arguments.of("no YAML", """
                        kind: live
                        description: [
                        """, "wrong.yaml:2: not readable as YAML"),
                Arguments.of("a key twice", """
                        kind: live
                        kind: embedded
                        """, "wrong.yaml:2: not readable as YAML: Duplicate field 'kind'"),
                Arguments.of("nothing", "", "wrong.yaml:1: the file needs 'kind'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongFiles")
    void a_wrong_file_is_answered_with_line_expected_and_seen(String what, String yaml, String message)
            throws IOException {
        files.write("wrong", yaml);

        assertThatThrownBy(() -> environments.find("wrong"))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_secret_written_as_a_value_is_refused_without_repeating_it() throws IOException {
        files.write("wrong", """
                kind: live
                description: x
                systems:
                  database:
                    url: jdbc:postgresql://localhost:5432/
                    user: runbook
                    password: hunter2-is-not-a-reference
                """);

        assertThatThrownBy(() -> environments.find("wrong"))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining("wrong.yaml:7: systems.database.password: expected where a secret is")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_wrong_file_is_listed_with_what_is_wrong() throws IOException {
        files.write("broken", "kind: embeded\ndescription: x\nsystems: {database: {}}\n");

        assertThat(environments.list()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo("wrong");
            assertThat(entry.description()).contains("broken.yaml:1").contains("did you mean 'embedded'?");
        });
    }
}
