package com.openagents.runbook.environment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pod that a scheduled run lives in: it may write to two folders, and is nobody on its node. */
final class RunnerPod {
    /** Where the environment files are. */
    static final String ENVIRONMENTS = "/etc/runbook";

    /** Where records go. */
    static final String RECORDS = "/var/lib/runbook";

    static final String NAME = "runbook";

    /** The published NetworkPolicy of the runtime lets in pods that have it. */
    private static final String ADMITTED = "openagents.io/runtime-http-client";

    /** As the image is made; a number, because a name would have to be looked up in it. */
    private static final long NOBODY = 65532;

    /** Longer than the run takes to put away what is open and to write its report. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final List<Volume> volumes = new ArrayList<>();
    private final Container container;

    /** @param where what it runs against, as arguments */
    RunnerPod(ScheduledRun run, List<String> where, List<EnvVar> variables) {
        this(run, where, variables, 1);
    }

    /** @param processes how many of the runbook it holds at a time */
    RunnerPod(ScheduledRun run, List<String> where, List<EnvVar> variables, int processes) {
        var arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(where);
        arguments.addAll(run.told());
        container = new ContainerBuilder()
                .withName(NAME)
                .withImage(run.image())
                .withImagePullPolicy("IfNotPresent")
                .withArgs(arguments)
                .withEnv(variables)
                .withNewResources()
                .addToRequests("cpu", new Quantity("100m"))
                .addToRequests("memory", new Quantity(256 * processes + "Mi"))
                .addToLimits("cpu", new Quantity("1"))
                .addToLimits("memory", new Quantity(512 * processes + "Mi"))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build();
        mount("temporary", "/tmp", false, emptyDir("temporary", "256Mi"));
    }

    static Map<String, String> labels() {
        var labels = new TreeMap<String, String>();
        labels.put("app.kubernetes.io/name", NAME);
        labels.put("app.kubernetes.io/part-of", "openagents");
        labels.put(ADMITTED, "true");
        return labels;
    }

    RunnerPod configuration(String configMap) {
        return mount(
                "environments",
                ENVIRONMENTS,
                true,
                new VolumeBuilder()
                        .withName("environments")
                        .withNewConfigMap()
                        .withName(configMap)
                        .endConfigMap()
                        .build());
    }

    RunnerPod secretFiles(String name, String path, String secret) {
        return mount(
                name,
                path,
                true,
                new VolumeBuilder()
                        .withName(name)
                        .withNewSecret()
                        .withSecretName(secret)
                        .withDefaultMode(0440)
                        .endSecret()
                        .build());
    }

    /** @param claim the volume that outlives the pod, if there is one */
    RunnerPod records(Optional<String> claim) {
        return mount(
                "records",
                RECORDS,
                false,
                claim.map(name -> new VolumeBuilder()
                                .withName("records")
                                .withNewPersistentVolumeClaim()
                                .withClaimName(name)
                                .endPersistentVolumeClaim()
                                .build())
                        .orElseGet(() -> emptyDir("records", "256Mi")));
    }

    /**
     * The Job of one run.
     *
     * @param token whether it asks the API server of its own cluster
     * @param takes the longest that its runs take; before them its pod has to be placed and its image fetched
     */
    JobSpec job(boolean token, Duration takes) {
        return new JobSpecBuilder()
                .withActiveDeadlineSeconds(takes.plus(GRACE).plus(GRACE).toSeconds())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels())
                .endMetadata()
                .withSpec(spec(token))
                .endTemplate()
                .build();
    }

    private PodSpec spec(boolean token) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(NAME)
                .withAutomountServiceAccountToken(token)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE.toSeconds())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withRunAsGroup(NOBODY)
                .withFsGroup(NOBODY)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container)
                .withVolumes(volumes)
                .build();
    }

    private RunnerPod mount(String name, String path, boolean readOnly, Volume volume) {
        volumes.add(volume);
        container
                .getVolumeMounts()
                .add(new VolumeMountBuilder()
                        .withName(name)
                        .withMountPath(path)
                        .withReadOnly(readOnly ? true : null)
                        .build());
        return this;
    }

    private static Volume emptyDir(String name, String size) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity(size))
                .endEmptyDir()
                .build();
    }
}
