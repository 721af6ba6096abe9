package com.openagents.runbook.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What makes one cluster run the runbook against many: an Indexed Job, of which each index takes its share. */
final class FleetManifests {
    private static final String CLUSTERS = "/etc/runbook-clusters";

    /** Where a pod finds the contexts of its environments. */
    static final String KUBECONFIG = CLUSTERS + "/config";

    /** What an object of Kubernetes may hold, less its other fields. */
    private static final int MOST_BYTES = 1_000_000;

    private final ScheduledRun run;
    private final FleetShares shares;
    private final int count;
    private final TreeMap<String, String> files = new TreeMap<>();
    private final TreeMap<String, EnvVar> variables = new TreeMap<>();
    private final TreeSet<String> keys = new TreeSet<>();

    /**
     * The manifests of a fleet.
     *
     * @param environments from the name of each to its file
     * @param waivers the file of the waivers that count
     * @throws EnvironmentProblem if a file means something else in a pod, if some pods would have nothing to do, or if all are
     *     too large for one ConfigMap
     */
    FleetManifests(Map<String, JsonNode> environments, String waivers, ScheduledRun run, FleetShares shares) {
        this.count = environments.size();
        this.run = run;
        this.shares = shares;
        if (shares.count() > environments.size()) {
            throw new EnvironmentProblem("--shares: expected at most one for each environment, of which there are "
                    + environments.size() + ", seen " + shares.count());
        }
        environments.forEach((name, content) -> {
            var file = new InClusterFile(name, content, false, shares.namespace(), run);
            files.put(name + ".yaml", Serialization.asYaml(file.content()));
            file.variables().forEach(variable -> variables.put(variable.getName(), variable));
            keys.addAll(file.keys());
        });
        files.put(WaiversBeside.FILE, waivers);
        int bytes = files.values().stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > MOST_BYTES) {
            throw new EnvironmentProblem(count + " environments with their waivers are " + bytes
                    + " bytes, and a ConfigMap holds " + MOST_BYTES + "; make several fleets of them");
        }
    }

    String yaml() {
        var namespace = shares.namespace();
        var objects = new ArrayList<HasMetadata>();
        objects.add(new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(RunnerPod.NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withAutomountServiceAccountToken(false)
                .build());
        objects.add(ScheduleManifests.configMap(namespace, files));
        // Every pod of the Job writes to it, each to the folders of its own environments.
        run.volume().ifPresent(size -> objects.add(ScheduleManifests.claim(namespace, size, "ReadWriteMany")));
        objects.add(cronJob());
        return "# The runbook against " + count + " environments in " + shares.count()
                + " shares. Printed by ./runbook schedule.\n"
                + "# The contexts of all, which you make once; grant each account what ./runbook rbac prints:\n#   kubectl -n "
                + namespace + " create secret generic " + shares.kubeconfig() + " --from-file=config=FILE\n"
                + ScheduleManifests.secret(namespace, run.secret(), keys)
                + objects.stream().map(Serialization::asYaml).collect(Collectors.joining());
    }

    private HasMetadata cronJob() {
        var where = List.of(
                "--environment",
                RunnerPod.ENVIRONMENTS + "/*.yaml",
                "--share",
                "$(JOB_COMPLETION_INDEX)/" + shares.count(),
                "--parallel",
                String.valueOf(shares.parallel()));
        var pod = new RunnerPod(run, where, List.copyOf(variables.values()), 1 + shares.parallel())
                .configuration(RunnerPod.NAME)
                .secretFiles("clusters", CLUSTERS, shares.kubeconfig())
                .records(run.volume().map(size -> RunnerPod.NAME));
        int each = atLeast(count, shares.count());
        return ScheduleManifests.cronJob(
                        shares.namespace(),
                        run,
                        pod.job(false, run.limit().multipliedBy(atLeast(each, shares.parallel()))))
                .editSpec()
                .editJobTemplate()
                .editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(shares.count())
                .withParallelism(shares.count())
                // A finding in one share is no reason to end the others.
                .withBackoffLimitPerIndex(0)
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    private static int atLeast(int all, int each) {
        return (all + each - 1) / each;
    }
}
