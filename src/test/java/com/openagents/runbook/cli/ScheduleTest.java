package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./runbook schedule} prints. */
@ExtendWith(SharedCluster.class)
class ScheduleTest {
    private static final String STAGING = "environments/schedule/staging.yaml";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int schedule(String... arguments) {
        var words = new ArrayList<>(List.of("schedule"));
        words.addAll(List.of(arguments));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    private List<HasMetadata> objects(String... arguments) {
        assertThat(schedule(arguments)).as(err::toString).isZero();
        return new KubernetesSerialization().<List<HasMetadata>>unmarshal(out.toString());
    }

    private static <T> T only(List<HasMetadata> objects, Class<T> type) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_example_is_what_is_printed() throws IOException {
        assertThat(schedule(
                        "--environment",
                        STAGING,
                        "--section",
                        "1",
                        "--history-volume",
                        "2Gi",
                        "--image",
                        "openagents/runbook:0.1.0"))
                .isZero();

        assertThat(Path.of("environments/schedule/staging.cronjob.yaml")).hasContent(out.toString());
    }

    @Test
    void an_api_server_takes_all_of_it(SharedCluster.Lab lab) throws IOException {
        var namespace = lab.newNamespace();
        var objects = objects("--environment", environment(namespace, ""), "--section", "1", "--history-volume", "2Gi");

        objects.forEach(object -> lab.cluster().client().resource(object).create());

        assertThat(lab.cluster()
                        .client()
                        .batch()
                        .v1()
                        .cronjobs()
                        .inNamespace(namespace)
                        .withName("runbook")
                        .get()
                        .getSpec()
                        .getConcurrencyPolicy())
                .isEqualTo("Forbid");
    }

    @Test
    void the_pod_may_do_little_and_write_to_two_folders() {
        var spec = only(objects("--environment", STAGING, "--section", "1"), CronJob.class)
                .getSpec();
        var job = spec.getJobTemplate().getSpec();
        var pod = job.getTemplate().getSpec();
        var container = pod.getContainers().get(0);

        assertThat(spec.getStartingDeadlineSeconds()).isPositive();
        assertThat(job.getBackoffLimit()).isZero();
        assertThat(job.getActiveDeadlineSeconds()).isGreaterThan(5 * 60 + pod.getTerminationGracePeriodSeconds());
        assertThat(job.getTemplate().getMetadata().getLabels())
                .containsEntry("openagents.io/runtime-http-client", "true");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getPrivileged()).isNull();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getEmptyDir() != null)
                .extracting(volume -> volume.getName())
                .containsExactlyInAnyOrder("temporary", "records");
        assertThat(container.getVolumeMounts())
                .filteredOn(mount -> mount.getReadOnly() == null)
                .extracting(mount -> mount.getMountPath())
                .containsExactlyInAnyOrder("/tmp", "/var/lib/runbook");
    }

    @Test
    void only_the_pod_itself_asks_for_the_token_and_it_may_only_read_what_is_asked() {
        var objects = objects("--environment", STAGING, "--section", "1");

        assertThat(only(objects, ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(only(objects, Role.class).getRules())
                .flatExtracting(PolicyRule::getVerbs)
                .containsOnly("get", "list");
        assertThat(only(objects, Role.class).getRules())
                .flatExtracting(PolicyRule::getResources)
                .doesNotContain("secrets");
    }

    @Test
    void secrets_are_references_to_what_is_there() {
        var objects = objects("--environment", STAGING, "--section", "1", "--secret", "of-the-team");

        var variables = only(objects, CronJob.class)
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnv();
        assertThat(variables)
                .allSatisfy(variable -> assertThat(variable.getValue()).isNull())
                .extracting(
                        variable -> variable.getValueFrom().getSecretKeyRef().getName() + "/"
                                + variable.getValueFrom().getSecretKeyRef().getKey())
                .containsExactly("runtime-secrets/RUNTIME_SIGNATURE_SECRET", "of-the-team/STAGING_DATABASE_PASSWORD");
        assertThat(out.toString()).contains("create secret generic of-the-team --from-file=STAGING_DATABASE_PASSWORD");
    }

    @Test
    void the_file_in_the_cluster_asks_as_the_pod_and_changes_nothing() throws IOException {
        var file = only(
                        objects("--environment", environment("staging", "allows: [drill]"), "--section", "1"),
                        ConfigMap.class)
                .getData()
                .get("there.yaml");

        assertThat(file).contains("context: \"in-cluster\"").doesNotContain("allows", "kubeconfig", "gke");
    }

    @Test
    void other_arguments_of_a_run_are_handed_on() {
        var container = only(
                        objects(
                                "--environment",
                                STAGING,
                                "--tags",
                                "@severity:critical",
                                "--deadline",
                                "90s",
                                "--",
                                "--no-preflight"),
                        CronJob.class)
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);

        assertThat(container.getArgs())
                .containsSequence("--tags", "@severity:critical", "--no-preflight")
                .containsSequence("--deadline", "90s");
    }

    @Test
    void a_fleet_is_an_indexed_job_of_which_each_pod_takes_its_share(SharedCluster.Lab lab) throws IOException {
        var namespace = lab.newNamespace();
        for (var name : List.of("a", "b", "c")) {
            Files.move(Path.of(environment("staging", "")), folder.resolve(name + ".yaml"));
        }

        var objects = objects(
                "--fleet",
                folder.resolve("*.yaml").toString(),
                "--shares",
                "2",
                "--namespace",
                namespace,
                "--section",
                "1");

        objects.forEach(object -> lab.cluster().client().resource(object).create());
        var job = only(objects, CronJob.class).getSpec().getJobTemplate().getSpec();
        assertThat(job.getCompletionMode()).isEqualTo("Indexed");
        assertThat(job.getCompletions()).isEqualTo(2);
        assertThat(job.getBackoffLimitPerIndex()).isZero();
        assertThat(job.getTemplate().getSpec().getAutomountServiceAccountToken())
                .isFalse();
        assertThat(job.getTemplate().getSpec().getContainers().get(0).getArgs())
                .containsSequence("--environment", "/etc/runbook/*.yaml", "--share", "$(JOB_COMPLETION_INDEX)/2");
        assertThat(only(objects, ConfigMap.class).getData())
                .containsOnlyKeys("a.yaml", "b.yaml", "c.yaml", "waivers.yaml")
                .hasEntrySatisfying(
                        "c.yaml", file -> assertThat(file).contains("gke-staging", "/etc/runbook-clusters/config"));
        assertThat(objects).noneMatch(Role.class::isInstance);
    }

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
        assertThat(schedule(arguments.replace("STAGING", STAGING).split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(said);
        assertThat(out.toString()).isEmpty();
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
        var file = environment("staging", "");
        Files.writeString(
                Path.of(file), "  " + system.replace("; ", "\n  ") + "\n", java.nio.file.StandardOpenOption.APPEND);

        assertThat(schedule("--environment", file, "--section", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there: ", said);
    }

    @Test
    void a_mail_server_on_this_machine_is_another_one_in_a_pod() throws IOException {
        var mail = "notify: {to: {mail: {host: localhost, tls: none, from: a@b, to: [c@d]}}}";

        assertThat(schedule("--environment", environment("staging", mail), "--history-volume", "2Gi"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("there: notify.to.mail.host is localhost, which in a pod is the pod itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--environment", "--fleet"})
    void who_notifies_needs_a_memory(String option) throws IOException {
        var file = environment("staging", "notify: {to: {slack: {url: env:HOOK}}}");

        assertThat(schedule(option, file)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'there' notifies", "add --history-volume 2Gi");
    }

    @Test
    void what_goes_through_the_api_server_goes_straight_in_a_pod() throws IOException {
        var file = environment("staging", "");
        var text = Files.readString(Path.of(file)).replace("staging}", "staging, pods: api-proxy}")
                + "  runtime: {url: api-proxy, signature-secret: env:SIGNATURE, user: 1}\n";
        Files.writeString(Path.of(file), text);

        assertThat(only(objects("--environment", file, "--section", "1"), ConfigMap.class)
                        .getData()
                        .get("there.yaml"))
                .contains("url: \"http://runtime.staging.svc.cluster.local\"", "pods: \"address\"");
    }

    @Test
    void the_waivers_go_with_the_environment() throws IOException {
        var file = environment("staging", "");
        var waivers = "waivers: [] # none any more\n";
        Files.writeString(folder.resolve("waivers.yaml"), waivers);

        assertThat(only(objects("--environment", file, "--section", "1"), ConfigMap.class)
                        .getData())
                .containsEntry("waivers.yaml", waivers);
        assertThat(only(fleet(folder.resolve("*.yaml").toString()), ConfigMap.class)
                        .getData())
                .containsOnlyKeys("there.yaml", "waivers.yaml");
    }

    @Test
    void waivers_that_every_run_would_refuse_are_refused_now() throws IOException {
        var file = environment("staging", "");
        Files.writeString(folder.resolve("waivers.yaml"), "waivers: [{scenario: Every runtime pod is healthy}]\n");

        assertThat(schedule("--environment", file, "--section", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("waivers.yaml:1: waivers.0");
    }

    private List<HasMetadata> fleet(String list) {
        out.getBuffer().setLength(0);
        return objects("--fleet", list, "--section", "1");
    }

    private String environment(String namespace, String more) throws IOException {
        return Files.writeString(folder.resolve("there.yaml"), """
                kind: live
                description: there
                %s
                systems:
                  kubernetes: {context: gke-staging, kubeconfig: /home/me/kubeconfig, namespace: %s}
                """.formatted(more, namespace))
                .toString();
    }
}
