package com.openagents.runbook.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.evidence.Sha256;
import com.openagents.runbook.system.kubernetes.GateRecord;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What was asked for in a namespace, object by object, as hashes: what a drill must leave as it found it. Left out is what
 * the cluster itself writes (status, versions, times), pods, and Jobs, which only tell what was run.
 *
 * @param objects from {@code kind/name} to the hash of the object; no value of a Secret can be read from it
 */
public record NamespaceState(Map<String, String> objects) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    /** These only tell what was done. */
    private static final List<String> TOLD = List.of(JournalMap.NAME, GateRecord.NAME);

    private static final List<String> WRITTEN_BY_THE_CLUSTER =
            List.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink");

    public NamespaceState {
        objects = Map.copyOf(objects);
    }

    static NamespaceState of(Ground ground) {
        var objects = new TreeMap<String, String>();
        all(ground.client(), ground.namespace())
                .filter(object -> !TOLD.contains(object.getMetadata().getName()))
                .forEach(object -> objects.put(
                        object.getKind() + "/" + object.getMetadata().getName(), hash(object)));
        return new NamespaceState(objects);
    }

    private static Stream<HasMetadata> all(KubernetesClient client, String namespace) {
        return Stream.of(
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.secrets().inNamespace(namespace).list().getItems(),
                        client.configMaps().inNamespace(namespace).list().getItems(),
                        client.services().inNamespace(namespace).list().getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.autoscaling()
                                .v2()
                                .horizontalPodAutoscalers()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(List::stream)
                .map(HasMetadata.class::cast);
    }

    private static String hash(HasMetadata object) {
        var json = (ObjectNode) JSON.valueToTree(object);
        json.remove("status");
        if (object instanceof StatefulSet) {
            // The autoscaler writes it.
            ((ObjectNode) json.path("spec")).remove("replicas");
        }
        ((ObjectNode) json.path("metadata")).remove(WRITTEN_BY_THE_CLUSTER);
        try {
            var text = JSON.writeValueAsString(JSON.treeToValue(json, Object.class));
            return Sha256.of(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object of the cluster cannot be hashed", e);
        }
    }

    /** What differs from an earlier state, one line each: {@code Secret/runtime-secrets is another}. */
    public List<String> since(NamespaceState before) {
        var names = new TreeSet<>(before.objects.keySet());
        names.addAll(objects.keySet());
        var differences = new ArrayList<String>();
        for (var name : names) {
            if (!objects.containsKey(name)) {
                differences.add(name + " is gone");
            } else if (!before.objects.containsKey(name)) {
                differences.add(name + " is new");
            } else if (!Objects.equals(objects.get(name), before.objects.get(name))) {
                differences.add(name + " is another");
            }
        }
        return differences;
    }
}
