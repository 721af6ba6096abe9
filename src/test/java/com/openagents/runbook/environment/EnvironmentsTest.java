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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
    @TempDir
    private Path folder;

    private EnvironmentFolder files;
    private Environments environments;

    @BeforeEach
    void open() throws IOException {
        files = new EnvironmentFolder(folder);
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
        files.write(
                "example", example + tells.substring(0, tells.indexOf("\n\n")).replaceAll("(?m)^# ", "") + "\n");

        assertThat(environments.find("example").publish()).isPresent();
        assertThat(environments.find("example").notifies()).isPresent();

        var blocks = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/notifications.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        for (var block : blocks) {
            files.write("documented", block);
            var documented = environments.find("documented");
            assertThat(documented.publish().isPresent() || documented.notifies().isPresent())
                    .isTrue();
        }
    }

    @Test
    void whoever_reads_a_secret_to_tell_somebody_is_granted_it() throws IOException {
        var quiet = "kind: live\ndescription: x\nsystems: {kubernetes: {context: a, namespace: b}}\n";
        files.write("quiet", quiet);
        files.write("tells", quiet + "notify: {to: {teams: {url: secret:b/hooks/TEAMS}}}\n");

        assertThat(environments.find("quiet").leastRole(Needed.nothing())).doesNotContain("secrets");
        assertThat(environments.find("tells").leastRole(Needed.nothing())).contains("secrets");
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest() throws IOException {
        files.write("staging", "kind: live\ndescription: x\nsystems: {kubernetes: {context: a, namespace: b}}\n");

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
}
