package com.openagents.runbook.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.evidence.Sha256;
import com.openagents.runbook.system.kubernetes.GateRecord;
import com.openagents.runbook.system.kubernetes.Pages;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
        var namespace = ground.namespace();
        var client = ground.client();
        Stream.of(
                        hashes(client.apps().statefulSets().inNamespace(namespace)),
                        hashes(client.secrets().inNamespace(namespace)),
                        hashes(client.configMaps().inNamespace(namespace)),
                        hashes(client.services().inNamespace(namespace)),
                        hashes(client.policy().v1().podDisruptionBudget().inNamespace(namespace)),
                        hashes(client.autoscaling()
                                .v2()
                                .horizontalPodAutoscalers()
                                .inNamespace(namespace)),
                        hashes(client.network().v1().networkPolicies().inNamespace(namespace)))
                .flatMap(List::stream)
                .forEach(object -> objects.put(object.getKey(), object.getValue()));
        return new NamespaceState(objects);
    }

    /** Of each object its hash only, however large it is. */
    private static <T extends HasMetadata> List<Map.Entry<String, String>> hashes(
            Listable<? extends KubernetesResourceList<T>> asked) {
        return Pages.read(
                        asked,
                        object -> TOLD.contains(object.getMetadata().getName())
                                ? Optional.empty()
                                : Optional.of(Map.entry(
                                        object.getKind() + "/"
                                                + object.getMetadata().getName(),
                                        hash(object))))
                .items();
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
