package com.openagents.runbook.cli;

import static com.openagents.runbook.cli.PrintedSchedule.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The objects that many environments become, and what lies beside their files. */
@ExtendWith(SharedCluster.class)
class FleetScheduleTest {
    @TempDir
    private Path folder;

    @Test
    void a_fleet_is_an_indexed_job_of_which_each_pod_takes_its_share(SharedCluster.Lab lab) throws IOException {
        var namespace = lab.newNamespace();
        for (var name : List.of("a", "b", "c")) {
            Files.move(Path.of(environment(folder, "staging")), folder.resolve(name + ".yaml"));
        }

        var printed = PrintedSchedule.of(
                "--fleet",
                folder.resolve("*.yaml").toString(),
                "--shares",
                "2",
                "--namespace",
                namespace,
                "--section",
                "1");

        printed.objects()
                .forEach(object -> lab.cluster().client().resource(object).create());
        var job = printed.only(CronJob.class).getSpec().getJobTemplate().getSpec();
        assertThat(job.getCompletionMode()).isEqualTo("Indexed");
        assertThat(job.getCompletions()).isEqualTo(2);
        assertThat(job.getBackoffLimitPerIndex()).isZero();
        assertThat(job.getTemplate().getSpec().getAutomountServiceAccountToken())
                .isFalse();
        assertThat(job.getTemplate().getSpec().getContainers().get(0).getArgs())
                .containsSequence("--environment", "/etc/runbook/*.yaml", "--share", "$(JOB_COMPLETION_INDEX)/2");
        assertThat(printed.only(ConfigMap.class).getData())
                .containsOnlyKeys("a.yaml", "b.yaml", "c.yaml", "waivers.yaml")
                .hasEntrySatisfying(
                        "c.yaml", file -> assertThat(file).contains("gke-staging", "/etc/runbook-clusters/config"));
        assertThat(printed.objects()).noneMatch(Role.class::isInstance);
    }

    @Test
    void the_waivers_go_with_the_environment() throws IOException {
        var file = environment(folder, "staging");
        var waivers = "waivers: [] # none any more\n";
        Files.writeString(folder.resolve("waivers.yaml"), waivers);

        assertThat(PrintedSchedule.of("--environment", file, "--section", "1")
                        .only(ConfigMap.class)
                        .getData())
                .containsEntry("waivers.yaml", waivers);
        assertThat(PrintedSchedule.of("--fleet", folder.resolve("*.yaml").toString(), "--section", "1")
                        .only(ConfigMap.class)
                        .getData())
                .containsOnlyKeys("there.yaml", "waivers.yaml");
    }
}
