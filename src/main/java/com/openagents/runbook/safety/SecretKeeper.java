package com.openagents.runbook.safety;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Changes values of the runtime's Secret, and keeps the old ones as a Secret beside it, never anywhere else. */
final class SecretKeeper {
    static final String SECRET = "runtime-secrets";
    static final String BACKUP = "runbook-before-" + SECRET;

    private final KubernetesClient client;
    private final String namespace;

    SecretKeeper(Ground ground) {
        client = ground.client();
        namespace = ground.namespace();
    }

    private Optional<Secret> find(String name) {
        return Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
    }

    /** What a key says now; empty if there is no such key. */
    Optional<String> value(String name, String key) {
        return find(name)
                .map(secret -> secret.getData().get(key))
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }

    /** Keeps the values as they are, unless they are kept already. */
    void keep() {
        if (find(BACKUP).isEmpty()) {
            var secret = find(SECRET).orElseThrow(() -> new IllegalStateException("there is no Secret " + SECRET));
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName(BACKUP)
                            .withNamespace(namespace)
                            .addToLabels("app.kubernetes.io/managed-by", "openagents-runbook")
                            .endMetadata()
                            .withType(secret.getType())
                            .withData(secret.getData())
                            .build())
                    .create();
        }
    }

    /** @param values a key without a value is taken away */
    void change(Map<String, Optional<String>> values) {
        Edit.of(client.secrets().inNamespace(namespace).withName(SECRET), secret -> {
            var data = new HashMap<>(secret.getData());
            values.forEach((key, value) -> value.ifPresentOrElse(
                    text -> data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
                    () -> data.remove(key)));
            return new SecretBuilder(secret).withData(data).build();
        });
    }

    /** Where nothing is kept, nothing was changed: the values are kept first. */
    void restore(String name, String kept) {
        find(kept)
                .ifPresent(backup -> Edit.of(
                        client.secrets().inNamespace(namespace).withName(name),
                        secret -> new SecretBuilder(secret)
                                .withData(backup.getData())
                                .build()));
    }

    void delete(String name) {
        client.secrets().inNamespace(namespace).withName(name).delete();
    }
}
