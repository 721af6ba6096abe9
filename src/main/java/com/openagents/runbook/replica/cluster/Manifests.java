package com.openagents.runbook.replica.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The objects of the runtime as they are published, read from the YAML files beside this class. */
public final class Manifests {
    private final KubernetesClient client;

    public Manifests(KubernetesClient client) {
        this.client = client;
    }

    /** All but the Secret and the Jobs. */
    public List<HasMetadata> runtime() {
        try (var yaml = open("runtime.yaml")) {
            return client.load(yaml).items();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The StatefulSet with another image and another number of pods. */
    public StatefulSet runtimeSet(String image, int replicas) {
        return runtime().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .map(set -> new StatefulSetBuilder(set)
                        .editSpec()
                        .withReplicas(replicas)
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .findFirst()
                .orElseThrow();
    }

    public HasMetadata secrets(String namespace, Map<String, String> values) {
        var encoded = new HashMap<String, String>();
        values.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withName("runtime-secrets")
                .withNamespace(namespace)
                .endMetadata()
                .withType("Opaque")
                .withData(encoded)
                .build();
    }

    /** @param name {@code runtime-migrate} or {@code runtime-smoke} */
    Job job(String name, String namespace, String image) {
        try (var yaml = open(name + "-job.yaml")) {
            var job = client.batch().v1().jobs().load(yaml).item();
            return new JobBuilder(job)
                    .editMetadata()
                    .withNamespace(namespace)
                    .endMetadata()
                    .editSpec()
                    .editTemplate()
                    .editSpec()
                    .editFirstContainer()
                    .withImage(image)
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InputStream open(String name) {
        var yaml = Manifests.class.getResourceAsStream(name);
        if (yaml == null) {
            throw new IllegalStateException("resource " + name + " is missing from the build");
        }
        return yaml;
    }
}
