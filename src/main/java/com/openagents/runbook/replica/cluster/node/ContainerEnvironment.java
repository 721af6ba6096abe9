package com.openagents.runbook.replica.cluster.node;

import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Works out the environment variables of a container. */
final class ContainerEnvironment {
    private final KubernetesClient client;
    private final Pod pod;
    private final String podIp;
    private final String hostIp;

    /** The container cannot be made. The message names the reference, never a value. */
    static final class ConfigError extends Exception {
        private static final long serialVersionUID = 1L;

        ConfigError(String message) {
            super(message);
        }
    }

    ContainerEnvironment(KubernetesClient client, Pod pod, String podIp, String hostIp) {
        this.client = client;
        this.pod = pod;
        this.podIp = podIp;
        this.hostIp = hostIp;
    }

    Map<String, String> of(Container container) throws ConfigError {
        var variables = new LinkedHashMap<String, String>();
        for (EnvVar variable : container.getEnv()) {
            var value = variable.getValueFrom() == null
                    ? Optional.of(Expansion.expand(Objects.requireNonNullElse(variable.getValue(), ""), variables))
                    : from(variable.getValueFrom());
            value.ifPresent(text -> variables.put(variable.getName(), text));
        }
        return variables;
    }

    private Optional<String> from(EnvVarSource source) throws ConfigError {
        if (source.getFieldRef() != null) {
            return Optional.of(field(source.getFieldRef().getFieldPath()));
        }
        if (source.getSecretKeyRef() != null) {
            return secret(source.getSecretKeyRef());
        }
        if (source.getConfigMapKeyRef() != null) {
            return configMap(source.getConfigMapKeyRef());
        }
        throw new ConfigError("this node does not know the source of an environment variable");
    }

    private Optional<String> secret(SecretKeySelector wanted) throws ConfigError {
        var secret = client.secrets()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(wanted.getName())
                .get();
        if (secret == null) {
            return missing(wanted.getOptional(), "secret \"%s\" not found".formatted(wanted.getName()));
        }
        var value = secret.getData() == null ? null : secret.getData().get(wanted.getKey());
        if (value == null) {
            return missing(
                    wanted.getOptional(),
                    "couldn't find key %s in Secret %s/%s"
                            .formatted(wanted.getKey(), pod.getMetadata().getNamespace(), wanted.getName()));
        }
        return Optional.of(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }

    private Optional<String> configMap(ConfigMapKeySelector wanted) throws ConfigError {
        var map = client.configMaps()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(wanted.getName())
                .get();
        if (map == null) {
            return missing(wanted.getOptional(), "configmap \"%s\" not found".formatted(wanted.getName()));
        }
        var value = map.getData() == null ? null : map.getData().get(wanted.getKey());
        if (value == null) {
            return missing(
                    wanted.getOptional(),
                    "couldn't find key %s in ConfigMap %s/%s"
                            .formatted(wanted.getKey(), pod.getMetadata().getNamespace(), wanted.getName()));
        }
        return Optional.of(value);
    }

    private static Optional<String> missing(Boolean optional, String message) throws ConfigError {
        if (Boolean.TRUE.equals(optional)) {
            return Optional.empty();
        }
        throw new ConfigError(message);
    }

    private String field(String path) throws ConfigError {
        var metadata = pod.getMetadata();
        return switch (path) {
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> hostIp;
            case "metadata.name" -> metadata.getName();
            case "metadata.namespace" -> metadata.getNamespace();
            case "metadata.uid" -> metadata.getUid();
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" ->
                Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "default");
            default -> labelOrAnnotation(path);
        };
    }

    private String labelOrAnnotation(String path) throws ConfigError {
        for (var kind : Map.of(
                        "metadata.labels",
                        Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of()),
                        "metadata.annotations",
                        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of()))
                .entrySet()) {
            if (path.startsWith(kind.getKey() + "['") && path.endsWith("']")) {
                var key = path.substring(kind.getKey().length() + 2, path.length() - 2);
                return kind.getValue().getOrDefault(key, "");
            }
        }
        throw new ConfigError("unsupported fieldPath: " + path);
    }
}
