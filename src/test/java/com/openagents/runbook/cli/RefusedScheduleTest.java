package com.openagents.runbook.cli;

import static com.openagents.runbook.cli.PrintedSchedule.STAGING;
import static com.openagents.runbook.cli.PrintedSchedule.environment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not printed, since it could not run or would mean something else in a pod. */
class RefusedScheduleTest {
    private final TypedCommand schedule = new TypedCommand("schedule");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --environment embedded                    | A schedule is for a live environment with systems.kubernetes; 'embedded' is embedded
                    --environment STAGING --tags @drill       | A scheduled run only looks: --tags selects drills
                    --environment STAGING --every often       | --every: expected the five fields of cron, for example "*/10 * * * *", seen 'often'
                    --environment STAGING --deadline soon     | --deadline: expected a number and a unit
                    --environment STAGING --history-volume 2G | --history-volume: expected a size such as 2Gi, seen '2G'
                    --environment STAGING -- --no-preflght    | Unknown option: '--no-preflght'
                    --environment STAGING -- --deadline 3m    | option '--deadline' (DURATION) should be specified only once
                    --environment STAGING -- --environment x  | should be specified only once
                    --environment STAGING --history-volume 2Gi -- --keep 9 | option '--keep' (N) should be specified only once
                    --environment STAGING -- --tags @drill    | A scheduled run only looks: --tags selects drills
                    --environment STAGING -- --plan           | A scheduled run only looks: --tags selects drills (or --plan does)
                    --environment STAGING -- --fault x        | --fault is for the embedded replica only
                    --fleet STAGING -- --share 0/1            | should be specified only once
                    --fleet STAGING -- --metrics-file x.prom  | --metrics-file is for one environment
                    --fleet STAGING --shares 2                | --shares: expected at most one for each environment, of which there are 1, seen 2
                    --fleet environments/embedded.yaml        | A schedule is for a live environment with systems.kubernetes; 'embedded' is embedded
                    --environment STAGING --section 99        | No scenario is selected
                    --environment STAGING --fleet STAGING     | are mutually exclusive
                    --fleet STAGING --shares 0                | --shares and --parallel: expected at least 1
                    """)
    void what_cannot_be_scheduled_is_said(String arguments, String said) {
        assertThat(schedule.run(arguments.replace("STAGING", STAGING).split(" ")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(schedule.err()).contains(said);
        assertThat(schedule.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    prometheus: {url: "http://127.0.0.1:9090"} | systems.prometheus.url is http://127.0.0.1:9090, which in a pod is the pod itself
                    prometheus: {url: "http://p:1", token: "file:/etc/token"} | systems.prometheus.token: a pod has no such file
                    prometheus: {url: "http://p:1", token: "secret:other/a/b"} | a pod in namespace staging cannot have a Secret of namespace other; copy it, and write secret:staging/a/b
                    database: {url: "jdbc:postgresql://localhost:5432/", user: u, password: "env:P"} | systems.database.url is jdbc:postgresql://localhost:5432/
                    prometheus: {url: "http://p:1", token: "env:JAVA_TOOL_OPTIONS"} | systems.prometheus.token: in a pod the key JAVA_TOOL_OPTIONS of the Secret runbook-secrets would be the variable JAVA_TOOL_OPTIONS, which is something else already
                    prometheus: {url: "http://p:1", token: "secret:staging/java-tool/options"} | would be the variable JAVA_TOOL_OPTIONS
                    prometheus: {url: "http://p:1", token: "secret:staging/a-b/c"}; grafana: {url: "http://g:1", token: "secret:staging/a/b_c"} | would be the variable A_B_C, which is something else already
                    prometheus: {url: "http://p:1", token: "secret:staging/a-b/c"}; grafana: {url: "http://g:1", token: "env:A_B_C"} | would be the variable A_B_C, which is something else already
                    """)
    void what_means_something_else_in_a_pod_is_said(String system, String said) throws IOException {
        var file = environment(folder, "staging", "  " + system.replace("; ", "\n  "));

        assertThat(schedule.run("--environment", file, "--section", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(schedule.err()).contains("there: ", said);
    }

    @Test
    void a_mail_server_on_this_machine_is_another_one_in_a_pod() throws IOException {
        var mail = "notify: {to: {mail: {host: localhost, tls: none, from: a@b, to: [c@d]}}}";

        assertThat(schedule.run("--environment", environment(folder, "staging", mail), "--history-volume", "2Gi"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(schedule.err())
                .contains("there: notify.to.mail.host is localhost, which in a pod is the pod itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--environment", "--fleet"})
    void who_notifies_needs_a_memory(String option) throws IOException {
        var file = environment(folder, "staging", "notify: {to: {slack: {url: env:HOOK}}}");

        assertThat(schedule.run(option, file)).isEqualTo(ExitCode.USAGE);
        assertThat(schedule.err()).contains("'there' notifies", "add --history-volume 2Gi");
    }

    @Test
    void waivers_that_every_run_would_refuse_are_refused_now() throws IOException {
        var file = environment(folder, "staging");
        Files.writeString(folder.resolve("waivers.yaml"), "waivers: [{scenario: Every runtime pod is healthy}]\n");

        assertThat(schedule.run("--environment", file, "--section", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(schedule.err()).contains("waivers.yaml:1: waivers.0");
    }
}
