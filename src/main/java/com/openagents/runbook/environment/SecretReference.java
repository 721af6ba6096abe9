package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds the value behind {@code env:NAME}, {@code file:PATH} or {@code secret:NAMESPACE/NAME/KEY}, and has it masked
 * from then on.
 */
final class SecretReference {
    private final Redactor redactor;
    private final Function<String, String> variables;
    private final Supplier<Optional<KubernetesClient>> cluster;

    SecretReference(
            Redactor redactor, Function<String, String> variables, Supplier<Optional<KubernetesClient>> cluster) {
        this.redactor = redactor;
        this.variables = variables;
        this.cluster = cluster;
    }

    /**
     * @throws CouldNotCheck if there is nothing behind the reference; names the reference, never a value
     */
    String resolve(String reference) {
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

    private static Optional<String> file(Path path) {
        try {
            return Optional.of(Files.readString(path).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> secret(String[] namespaceNameKey) {
        try {
            return cluster.get()
                    .map(client -> client.secrets()
                            .inNamespace(namespaceNameKey[0])
                            .withName(namespaceNameKey[1])
                            .get())
                    .map(secret -> secret.getData())
                    .map(data -> data.get(namespaceNameKey[2]))
                    .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }
}
