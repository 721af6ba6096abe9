package com.openagents.runbook.environment;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What makes a cluster run the runbook by itself: everything that belongs to it, for {@code kubectl apply}. */
final class ScheduleManifests {
    private static final int SUCCESSES = 3;
    private static final int FAILURES = 5;

    /** Long enough for a scheduler that restarts; a run that is later than that is left to the next. */
    private static final long STARTING_DEADLINE_SECONDS = 120;

    private final String name;
    private final String namespace;
    private final InClusterFile file;
    private final String waivers;
    private final ScheduledRun run;
    private final List<HasMetadata> account;

    /**
     * The manifests of one environment.
     *
     * @param waivers the file of the waivers that count
     * @param account the service account and what it is allowed
     */
    ScheduleManifests(
            String name,
            String namespace,
            InClusterFile file,
            String waivers,
            ScheduledRun run,
            List<HasMetadata> account) {
        this.name = name;
        this.namespace = namespace;
        this.file = file;
        this.waivers = waivers;
        this.run = run;
        this.account = account;
    }

    String yaml() {
        var objects = new ArrayList<HasMetadata>(account);
        account.stream()
                .filter(ServiceAccount.class::isInstance)
                .map(ServiceAccount.class::cast)
                // The pod says itself that it wants the token.
                .forEach(serviceAccount -> serviceAccount.setAutomountServiceAccountToken(false));
        objects.add(configMap(
                namespace, Map.of(name + ".yaml", Serialization.asYaml(file.content()), WaiversBeside.FILE, waivers)));
        run.volume().ifPresent(size -> objects.add(claim(namespace, size, "ReadWriteOnce")));
        objects.add(cronJob());
        return comment() + objects.stream().map(Serialization::asYaml).collect(Collectors.joining());
    }

    private String comment() {
        return "# The runbook against " + name + ", in its cluster. Printed by ./runbook schedule.\n"
                + secret(namespace, run.secret(), file.keys());
    }

    /** How to make the Secret that the variables come from; empty if there are none. */
    static String secret(String namespace, String secret, Collection<String> keys) {
        return keys.isEmpty()
                ? ""
                : "# What it finds in the Secret " + secret
                        + ", which you make once, each key of a file of its name; what is missing makes its checks incomplete:\n#   kubectl -n "
                        + namespace + " create secret generic " + secret
                        + keys.stream().map(key -> " --from-file=" + key).collect(Collectors.joining())
                        + "\n";
    }

    private CronJob cronJob() {
        var where = List.of("--environment", RunnerPod.ENVIRONMENTS + "/" + name + ".yaml");
        var pod = new RunnerPod(run, where, file.variables())
                .configuration(RunnerPod.NAME)
                .records(run.volume().map(size -> RunnerPod.NAME));
        return cronJob(namespace, run, pod.job(true, run.limit()))
                // A finding is no reason to ask again; the next run comes anyway.
                .editSpec()
                .editJobTemplate()
                .editSpec()
                .withBackoffLimit(0)
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    static HasMetadata configMap(String namespace, Map<String, String> files) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(RunnerPod.NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withData(new TreeMap<>(files))
                .build();
    }

    static HasMetadata claim(String namespace, String size, String mode) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(RunnerPod.NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAccessModes(mode)
                .withNewResources()
                .addToRequests("storage", new Quantity(size))
                .endResources()
                .endSpec()
                .build();
    }

    static CronJobBuilder cronJob(String namespace, ScheduledRun run, JobSpec job) {
        return new CronJobBuilder()
                .withNewMetadata()
                .withName(RunnerPod.NAME)
                .withNamespace(namespace)
                .withLabels(RunnerPod.labels())
                .endMetadata()
                .withNewSpec()
                .withSchedule(run.every())
                .withConcurrencyPolicy("Forbid")
                .withStartingDeadlineSeconds(STARTING_DEADLINE_SECONDS)
                .withSuccessfulJobsHistoryLimit(SUCCESSES)
                .withFailedJobsHistoryLimit(FAILURES)
                .withNewJobTemplate()
                .withSpec(job)
                .endJobTemplate()
                .endSpec();
    }
}
