package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.prometheus.AlertExpectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentsTest {
    @TempDir
    private Path folder;

    private Environments environments;

    @BeforeEach
    void schema() throws IOException {
        Files.copy(Path.of("environments/schema.json"), folder.resolve("schema.json"));
        environments = new Environments(folder);
    }

    @Test
    void the_environments_of_the_distribution_are_valid() throws IOException {
        Files.copy(Path.of("environments/embedded.yaml"), folder.resolve("embedded.yaml"));
        Files.copy(Path.of("environments/live.example.yaml"), folder.resolve("live.yaml"));

        assertThat(environments.find("embedded").kind()).isEqualTo("embedded");
        assertThat(environments.find("live").kind()).isEqualTo("live");
        assertThat(environments.find("live").namespace()).isEqualTo("openagents-staging");
    }

    @Test
    void the_example_states_the_thresholds_that_hold_without_it() throws IOException {
        Files.copy(Path.of("environments/embedded.yaml"), folder.resolve("embedded.yaml"));
        Files.copy(Path.of("environments/live.example.yaml"), folder.resolve("live.yaml"));

        // A replica may play its alerts and its heartbeats faster; the rest is as published there, too.
        assertThat(environments.find("live").expectations())
                .contains(IncidentThresholds.DEFAULT)
                .filteredOn(expected ->
                        !(expected instanceof AlertExpectations) && !(expected instanceof IncidentThresholds))
                .isNotEmpty()
                .isSubsetOf(environments.find("embedded").expectations());
    }

    @Test
    void what_the_example_and_the_documents_say_of_telling_can_be_used_as_it_stands() throws IOException {
        var example = Files.readString(Path.of("environments/live.example.yaml"));
        var tells = example.substring(example.indexOf("# publish:"));
        write("example", example + tells.substring(0, tells.indexOf("\n\n")).replaceAll("(?m)^# ", "") + "\n");

        assertThat(environments.find("example").publish()).isPresent();
        assertThat(environments.find("example").notifies()).isPresent();

        var blocks = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/notifications.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        for (var block : blocks) {
            write("documented", block);
            var documented = environments.find("documented");
            assertThat(documented.publish().isPresent() || documented.notifies().isPresent())
                    .isTrue();
        }
    }

    @Test
    void whoever_reads_a_secret_to_tell_somebody_is_granted_it() throws IOException {
        var quiet = "kind: live\ndescription: x\nsystems: {kubernetes: {context: a, namespace: b}}\n";
        write("quiet", quiet);
        write("tells", quiet + "notify: {to: {teams: {url: secret:b/hooks/TEAMS}}}\n");

        assertThat(environments.find("quiet").leastRole(Needed.nothing())).doesNotContain("secrets");
        assertThat(environments.find("tells").leastRole(Needed.nothing())).contains("secrets");
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest() throws IOException {
        write("staging", "kind: live\ndescription: x\nsystems: {kubernetes: {context: a, namespace: b}}\n");

        assertThatThrownBy(() -> environments.find("stagign"))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining("There is no environment 'stagign'")
                .hasMessageContaining("did you mean 'staging'?");
    }

    @Test
    void a_name_never_leaves_the_folder() {
        assertThatThrownBy(() -> environments.find("../environments/embedded")).isInstanceOf(EnvironmentProblem.class);
    }

    @Test
    void an_environment_may_lie_elsewhere() throws IOException {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.copy(Path.of("environments/live.example.yaml"), elsewhere.resolve("mine.yaml"));

        assertThat(environments.find(elsewhere.resolve("mine.yaml").toString()).name())
                .isEqualTo("mine");
        assertThatThrownBy(
                        () -> environments.find(elsewhere.resolve("none.yaml").toString()))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining("There is no file");
    }

    @Test
    void a_wrong_file_is_listed_with_what_is_wrong() throws IOException {
        write("broken", "kind: embeded\ndescription: x\nsystems: {database: {}}\n");

        assertThat(environments.list()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo("wrong");
            assertThat(entry.description()).contains("broken.yaml:1").contains("did you mean 'embedded'?");
        });
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
        write("wrong", yaml);

        assertThatThrownBy(() -> environments.find("wrong"))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_secret_written_as_a_value_is_refused_without_repeating_it() throws IOException {
        write("wrong", """
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

    private void write(String name, String yaml) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }
}
