package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.system.kubernetes.KubernetesRefusal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds the value behind {@code env:NAME}, {@code file:PATH} or {@code secret:NAMESPACE/NAME/KEY}, and has it masked
 * from then on.
 */
final class SecretReference {
    private static final String CLUSTER = "secret:";

    private final Redactor redactor;
    private final Function<String, String> variables;
    private final Supplier<Optional<KubernetesClient>> cluster;

    SecretReference(
            Redactor redactor, Function<String, String> variables, Supplier<Optional<KubernetesClient>> cluster) {
        this.redactor = redactor;
        this.variables = variables;
        this.cluster = cluster;
    }

    /** Lets something be found for an environment that is not open, with a client of its cluster where it takes one. */
    static <T> T with(EnvironmentFile file, String reference, Redactor redactor, Function<SecretReference, T> use) {
        if (!isInCluster(reference) || !file.hasCluster()) {
            return use.apply(new SecretReference(redactor, System::getenv, Optional::empty));
        }
        try (var cluster = KubernetesAccess.open(file.systems().kubernetes())) {
            return use.apply(new SecretReference(redactor, System::getenv, () -> Optional.of(cluster.client())));
        }
    }

    /**
     * @throws CouldNotCheck if there is nothing behind the reference, or it may not be read; names the reference, never a value
     */
    String resolve(String reference) {
        try {
            return find(reference);
        } catch (KubernetesClientException e) {
            throw refusal(reference, e);
        }
    }

    /**
     * As {@link #resolve}, for those to whom a cluster that gives nothing is something else than a secret that is not there.
     *
     * @throws KubernetesClientException if the cluster does not answer, or does not let us read it
     */
    String find(String reference) {
        var parts = reference.split(":", 2);
        var value = switch (parts[0]) {
            case "env" -> Optional.ofNullable(variables.apply(parts[1]));
            case "file" -> file(Path.of(parts[1]));
            default -> secret(parts[1].split("/", 3));
        };
        var found = value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new CouldNotCheck("there is no secret at " + reference));
        redactor.hide(found);
        return found;
    }

    /** Has everything masked that can be found, before anything is asked that could show it. */
    void learn(List<String> references) {
        references.stream().filter(reference -> !isInCluster(reference)).forEach(this::answers);
        for (var reference : references) {
            if (isInCluster(reference) && !answers(reference)) {
                // It is not waited for once for each.
                return;
            }
        }
    }

    static boolean isInCluster(String reference) {
        return reference.startsWith(CLUSTER);
    }

    /** Whether an answer came, be it that there is no such secret or that it may not be read. */
    private boolean answers(String reference) {
        try {
            return !find(reference).isEmpty();
        } catch (CouldNotCheck toldToWhoeverNeedsIt) {
            return true;
        } catch (KubernetesClientException toldToWhoeverNeedsIt) {
            return toldToWhoeverNeedsIt.getCode() > 0;
        }
    }

    private static Optional<String> file(Path path) {
        try {
            return Optional.of(Files.readString(path).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CouldNotCheck("the secret at file:" + path + " cannot be read: let "
                    + System.getProperty("user.name") + " read that file");
        }
    }

    /** Empty if there is none; that it may not be read says nothing of whether there is one. */
    private Optional<String> secret(String[] namespaceNameKey) {
        return cluster.get()
                .map(client -> client.secrets()
                        .inNamespace(namespaceNameKey[0])
                        .withName(namespaceNameKey[1])
                        .get())
                .map(secret -> secret.getData())
                .map(data -> data.get(namespaceNameKey[2]))
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }

    /** What it means that the cluster did not give what is behind a reference. */
    CouldNotCheck refusal(String reference, KubernetesClientException e) {
        var namespace = reference.substring(CLUSTER.length()).split("/", 2)[0];
        var server = cluster.get().orElseThrow().getConfiguration().getMasterUrl();
        var reason = KubernetesRefusal.reason(server, namespace, "get secrets", e);
        return new CouldNotCheck("the secret at " + reference + " cannot be read: " + reason.getMessage());
    }
}
