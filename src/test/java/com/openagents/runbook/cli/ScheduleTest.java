package com.openagents.runbook.cli;

import static com.openagents.runbook.cli.PrintedSchedule.STAGING;
import static com.openagents.runbook.cli.PrintedSchedule.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./runbook schedule} prints for one environment. */
@ExtendWith(SharedCluster.class)
class ScheduleTest {
    @TempDir
    private Path folder;

    @Test
    void the_example_is_what_is_printed() throws IOException {
        var schedule = new TypedCommand("schedule");
        assertThat(schedule.run(
                        "--environment",
                        STAGING,
                        "--section",
                        "1",
                        "--history-volume",
                        "2Gi",
                        "--image",
                        "openagents/runbook:0.1.0"))
                .isZero();

        assertThat(Path.of("environments/schedule/staging.cronjob.yaml")).hasContent(schedule.out());
    }

    @Test
    void an_api_server_takes_all_of_it(SharedCluster.Lab lab) throws IOException {
        var namespace = lab.newNamespace();
        var printed = PrintedSchedule.of(
                "--environment", environment(folder, namespace), "--section", "1", "--history-volume", "2Gi");

        printed.objects()
                .forEach(object -> lab.cluster().client().resource(object).create());

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
        var spec = PrintedSchedule.of("--environment", STAGING, "--section", "1")
                .only(CronJob.class)
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
        var printed = PrintedSchedule.of("--environment", STAGING, "--section", "1");

        assertThat(printed.only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(printed.only(Role.class).getRules())
                .flatExtracting(PolicyRule::getVerbs)
                .containsOnly("get", "list");
        assertThat(printed.only(Role.class).getRules())
                .flatExtracting(PolicyRule::getResources)
                .doesNotContain("secrets");
    }

    @Test
    void secrets_are_references_to_what_is_there() {
        var printed = PrintedSchedule.of("--environment", STAGING, "--section", "1", "--secret", "of-the-team");

        var variables = printed.only(CronJob.class)
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
        assertThat(printed.text()).contains("create secret generic of-the-team --from-file=STAGING_DATABASE_PASSWORD");
    }

    @Test
    void the_file_in_the_cluster_asks_as_the_pod_and_changes_nothing() throws IOException {
        var file = PrintedSchedule.of(
                        "--environment", environment(folder, "staging", "allows: [drill]"), "--section", "1")
                .only(ConfigMap.class)
                .getData()
                .get("there.yaml");

        assertThat(file).contains("context: \"in-cluster\"").doesNotContain("allows", "kubeconfig", "gke");
    }

    @Test
    void other_arguments_of_a_run_are_handed_on() {
        var container = PrintedSchedule.of(
                        "--environment",
                        STAGING,
                        "--tags",
                        "@severity:critical",
                        "--deadline",
                        "90s",
                        "--",
                        "--no-preflight")
                .only(CronJob.class)
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
    void what_goes_through_the_api_server_goes_straight_in_a_pod() throws IOException {
        var file = environment(
                folder,
                "staging",
                "    pods: api-proxy",
                "  runtime: {url: api-proxy, signature-secret: env:SIGNATURE, user: 1}");

        assertThat(PrintedSchedule.of("--environment", file, "--section", "1")
                        .only(ConfigMap.class)
                        .getData()
                        .get("there.yaml"))
                .contains("url: \"http://runtime.staging.svc.cluster.local\"", "pods: \"address\"");
    }
}
