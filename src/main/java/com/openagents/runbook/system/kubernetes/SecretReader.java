package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what may be known of the runtime's secrets (runbook 5): which there are and who takes them, never a value. */
final class SecretReader {
    private static final String NAME = "runtime-secrets";

    private final KubernetesClient client;
    private final Reads reads;

    SecretReader(KubernetesClient client, Reads reads) {
        this.client = client;
        this.reads = reads;
    }

    RuntimeSecret secret(String heldAgainst) {
        var found = reads.ask(
                "get secrets",
                () -> client.secrets()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(NAME)
                        .get());
        var at = Instant.now();
        var secret = found == null
                ? new RuntimeSecret(NAME, false, Map.of(), Optional.empty(), at, reads.kubectl())
                : new RuntimeSecret(NAME, true, keys(found), DataChange.lastOf(found), at, reads.kubectl());
        reads.saw(
                "Secret " + NAME,
                "describe secret " + NAME,
                rows(secret),
                heldAgainst,
                at,
                found == null ? "" : Reads.version(found));
        return secret;
    }

    private Map<String, Boolean> keys(Secret secret) {
        var keys = new HashMap<String, Boolean>();
        Optional.ofNullable(secret.getData()).orElse(Map.of()).forEach((key, value) -> keys.put(key, isSet(value)));
        return keys;
    }

    private boolean isSet(String encoded) {
        var value = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        reads.hide(value);
        return !value.isBlank();
    }

    private static List<Map<String, String>> rows(RuntimeSecret secret) {
        if (!secret.exists()) {
            return List.of(Map.of("secret", "not found"));
        }
        var changed = secret.changedAt().map(Instant::toString).orElse("not told");
        return secret.keys().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(key -> Rows.of("key", key.getKey(), "value", key.getValue() ? "set" : "empty", "changed", changed))
                .toList();
    }

    SecretUse ofStatefulSet(String heldAgainst) {
        var found = reads.ask(
                "get statefulsets",
                () -> client.apps()
                        .statefulSets()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(KubernetesSystem.NAME)
                        .get());
        return use(
                "statefulset/" + KubernetesSystem.NAME,
                Optional.ofNullable(found).map(set -> set.getSpec().getTemplate()),
                heldAgainst);
    }

    SecretUse ofJob(String job, String heldAgainst) {
        var found = reads.ask(
                "get jobs",
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(job)
                        .get());
        return use(
                "job/" + job,
                Optional.ofNullable(found).map(run -> run.getSpec().getTemplate()),
                heldAgainst);
    }

    private SecretUse use(String workload, Optional<PodTemplateSpec> template, String heldAgainst) {
        var sources = template.stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .map(Container::getEnv)
                .flatMap(List::stream)
                .map(SecretReader::source)
                .toList();
        var use = new SecretUse(workload, template.isPresent(), sources, Instant.now(), reads.kubectl());
        var rows = sources.stream()
                .map(source -> Rows.of("variable", source.variable(), "comes", source.words()))
                .toList();
        reads.saw(
                "Where " + workload + " takes its variables from",
                "describe " + workload,
                rows,
                heldAgainst,
                use.at(),
                "");
        return use;
    }

    private static SecretUse.Source source(EnvVar variable) {
        var from = Optional.ofNullable(variable.getValueFrom())
                .map(source -> source.getSecretKeyRef())
                .map(key -> key.getName() + "/" + key.getKey());
        return new SecretUse.Source(variable.getName(), from, variable.getValueFrom() == null);
    }
}
