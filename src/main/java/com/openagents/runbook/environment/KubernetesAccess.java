package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.kubernetes.Kubectl;
import com.openagents.runbook.system.kubernetes.KubernetesSystem;
import com.openagents.runbook.system.kubernetes.Pages;
import com.openagents.runbook.system.kubernetes.SharedReads;
import com.openagents.runbook.system.kubernetes.Silence;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client of one cluster, with the kubectl options that reach the same cluster. */
final class KubernetesAccess implements AutoCloseable {
    // Tried four times, a server that cannot be reached costs no more than one that does not answer.
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int FIRST_WAIT_MILLIS = 200;
    /** In the order in which a run asks for them. */
    private static final List<Class<? extends KubernetesResource>> COMMON = List.of(
            SelfSubjectRulesReview.class,
            Namespace.class,
            PodList.class,
            StatefulSet.class,
            HorizontalPodAutoscaler.class,
            JobList.class,
            PodDisruptionBudget.class,
            EndpointSliceList.class,
            EventList.class);

    private final KubernetesClient client;
    private final Kubectl kubectl;
    private final Silence silence;
    private final SharedReads shared;

    private KubernetesAccess(KubernetesClient client, Kubectl kubectl, Silence silence, SharedReads shared) {
        this.client = client;
        this.kubectl = kubectl;
        this.silence = silence;
        this.shared = shared;
    }

    /**
     * @throws EnvironmentProblem if there is no such kubeconfig or no such context in it
     */
    static KubernetesAccess open(EnvironmentFile.Kubernetes system) {
        return open(system, new KubernetesSerialization());
    }

    /** As above, with what reads the objects. */
    static KubernetesAccess open(EnvironmentFile.Kubernetes system, KubernetesSerialization reading) {
        boolean inCluster = InCluster.CONTEXT.equals(system.context());
        var config = inCluster ? InCluster.config() : ofContext(system);
        var limited = new ConfigBuilder(config)
                .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(RequestLimits.TRIED_AGAIN)
                .withRequestRetryBackoffInterval(FIRST_WAIT_MILLIS)
                .build();
        var file = system.kubeconfig() == null ? "" : "--kubeconfig " + system.kubeconfig() + " ";
        var access = inCluster ? "" : file + "--context " + system.context();
        var limits = RequestLimits.of(system.rateLimit());
        var client = new KubernetesClientBuilder()
                .withConfig(limited)
                .withKubernetesSerialization(reading)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("limits", limits))
                .build();
        return to(client, new Kubectl(access, system.namespace()));
    }

    /** Makes what reads the objects that nearly every run asks for: the first of each kind would wait for it. */
    static KubernetesSerialization warmedUp(KubernetesSerialization reading) {
        COMMON.forEach(kind -> reading.unmarshal("{}", kind));
        return reading;
    }

    private static Config ofContext(EnvironmentFile.Kubernetes system) {
        var config = config(system);
        if (config.getCurrentContext() == null
                || !config.getCurrentContext().getName().equals(system.context())) {
            throw new EnvironmentProblem("systems.kubernetes.context: there is no context '" + system.context()
                    + "' in " + Optional.ofNullable(system.kubeconfig()).orElse("the kubeconfig"));
        }
        return config;
    }

    /** What replaces the deprecated method reads the file again and takes its current context, whatever it is told. */
    @SuppressWarnings("removal")
    private static Config config(EnvironmentFile.Kubernetes system) {
        if (system.kubeconfig() == null) {
            return Config.autoConfigure(system.context());
        }
        var file = Path.of(system.kubeconfig().replaceFirst("^~(?=/)", System.getProperty("user.home")));
        try {
            return Config.fromKubeconfig(system.context(), Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new EnvironmentProblem("systems.kubernetes.kubeconfig: not readable: " + system.kubeconfig());
        } catch (RuntimeException e) {
            throw new EnvironmentProblem("systems.kubernetes.kubeconfig: not a kubeconfig: " + system.kubeconfig());
        }
    }

    /** For a cluster of our own, whose client is closed by its owner. */
    static KubernetesAccess to(KubernetesClient client, Kubectl kubectl) {
        return new KubernetesAccess(client, kubectl, new Silence(client, kubectl.namespace()), SharedReads.none());
    }

    /** The same, where scenarios are told what another one has just read; closed with this one. */
    KubernetesAccess shared() {
        return new KubernetesAccess(client, kubectl, silence, SharedReads.shared());
    }

    Kubectl kubectl() {
        return kubectl;
    }

    KubernetesClient client() {
        return client;
    }

    /** What we show to the API server to be let in. */
    Stream<String> credentials() {
        var config = client.getConfiguration();
        return Stream.of(config.getOauthToken(), config.getPassword(), config.getClientKeyData())
                .filter(Objects::nonNull);
    }

    KubernetesSystem system(EvidenceLog evidence) {
        return new KubernetesSystem(client, kubectl, silence, shared, evidence);
    }

    /** @param way null if this machine does not reach pods one by one */
    Optional<PodAddresses> pods(EnvironmentFile.Kubernetes.Pods way) {
        return Optional.ofNullable(way).map(chosen -> new PodAddresses(client, kubectl.namespace(), silence, chosen));
    }

    /** The permissions that these rights consist of and that we lack. */
    Set<String> missing(Set<Right> rights) {
        return new MissingPermissions(client, kubectl.namespace(), silence).of(rights);
    }

    /** The cluster's facts as far as it answers, all asked at the same time; what it does not answer is said. */
    Identity identity() {
        var facts = new LinkedHashMap<String, Aside<String>>();
        ask(facts, "version", () -> client.getKubernetesVersion().getGitVersion());
        // The UID of kube-system is what the field uses as the identity of a cluster, which has none of its own.
        ask(
                facts,
                "cluster",
                () -> client.namespaces()
                        .withName("kube-system")
                        .get()
                        .getMetadata()
                        .getUid());
        ask(
                facts,
                "image",
                () -> client.apps()
                        .statefulSets()
                        .inNamespace(kubectl.namespace())
                        .withName("runtime")
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage());
        ask(
                facts,
                "image digests",
                () -> Pages.all(client.pods().inNamespace(kubectl.namespace()).withLabel("app", "runtime")).stream()
                        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                        .map(ContainerStatus::getImageID)
                        .filter(digest -> digest != null && !digest.isEmpty())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")));
        var told = new LinkedHashMap<String, String>();
        told.put("server", client.getConfiguration().getMasterUrl());
        told.put("namespace", kubectl.namespace());
        facts.forEach((fact, answer) -> told.put(fact, answer.get()));
        return new Identity("kubernetes", told);
    }

    private void ask(Map<String, Aside<String>> facts, String fact, Supplier<String> question) {
        facts.put(fact, new Aside<>(() -> answer(question)));
    }

    private String answer(Supplier<String> question) {
        try {
            return silence.fact(question, Identity::unknown);
        } catch (NullPointerException e) {
            return Identity.unknown("not found");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
