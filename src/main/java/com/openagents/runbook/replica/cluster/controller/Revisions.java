package com.openagents.runbook.replica.cluster.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The history of a StatefulSet's pod template, kept in ControllerRevisions in the form that kubectl reads. */
final class Revisions {
    static final String HASH = "controller.kubernetes.io/hash";
    private static final int NAME_LIMIT = 223;
    private static final Comparator<ControllerRevision> OLDEST_FIRST = Comparator.comparing(
                    ControllerRevision::getRevision)
            .thenComparing(revision -> revision.getMetadata().getCreationTimestamp())
            .thenComparing(revision -> revision.getMetadata().getName());

    private final KubernetesClient client;
    private final ObjectMapper json = new ObjectMapper();

    /** The revision the set comes from, the one it goes to, and how often names collided. */
    record Pair(ControllerRevision current, ControllerRevision update, int collisions) {}

    Revisions(KubernetesClient client) {
        this.client = client;
    }

    List<ControllerRevision> of(StatefulSet set) {
        return client.apps().controllerRevisions().inNamespace(namespace(set)).list().getItems().stream()
                .filter(revision -> Pods.isControlledBy(revision, set))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    Pair resolve(StatefulSet set, List<ControllerRevision> history) {
        var status = Optional.ofNullable(set.getStatus());
        int collisions = status.map(s -> s.getCollisionCount()).orElse(0);
        var data = data(set);
        var equal = history.stream()
                .filter(revision -> sameData(revision, data))
                .reduce((older, newer) -> newer)
                .orElse(null);
        long next = history.isEmpty() ? 1 : history.get(history.size() - 1).getRevision() + 1;
        ControllerRevision update;
        if (equal == null) {
            var created = create(set, data, next, collisions);
            update = created.update();
            collisions = created.collisions();
        } else {
            update = equal.equals(history.get(history.size() - 1)) ? equal : moveToEnd(equal, next);
        }
        var currentName = status.map(s -> s.getCurrentRevision()).orElse(null);
        var current = history.stream()
                .filter(revision -> revision.getMetadata().getName().equals(currentName))
                .findFirst()
                .orElse(update);
        return new Pair(current, update, collisions);
    }

    /** The pod template as it was in a revision. */
    PodTemplateSpec template(ControllerRevision revision) {
        try {
            var template = (ObjectNode) tree(revision.getData()).at("/spec/template");
            template.remove("$patch");
            return json.treeToValue(template, PodTemplateSpec.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(
                    "revision " + revision.getMetadata().getName() + " has no readable pod template", broken);
        }
    }

    /** Removes the oldest revisions that no pod uses, down to the set's limit. */
    void truncate(StatefulSet set, List<ControllerRevision> history, Pair pair, List<String> inUse) {
        var live = new HashSet<>(inUse);
        live.add(pair.current().getMetadata().getName());
        live.add(pair.update().getMetadata().getName());
        var dead = history.stream()
                .filter(revision -> !live.contains(revision.getMetadata().getName()))
                .toList();
        int limit = Objects.requireNonNullElse(set.getSpec().getRevisionHistoryLimit(), 10);
        dead.stream()
                .limit(Math.max(0, dead.size() - limit))
                .forEach(revision -> client.resource(revision).delete());
    }

    private ControllerRevision moveToEnd(ControllerRevision revision, long number) {
        return client.apps()
                .controllerRevisions()
                .inNamespace(revision.getMetadata().getNamespace())
                .withName(revision.getMetadata().getName())
                .edit(old ->
                        new ControllerRevisionBuilder(old).withRevision(number).build());
    }

    private Pair create(StatefulSet set, ObjectNode data, long number, int collisions) {
        for (int tries = collisions; ; tries++) {
            var hash = hash(data.toString(), tries);
            var labels = new TreeMap<>(set.getSpec().getTemplate().getMetadata().getLabels());
            labels.put(HASH, hash);
            var prefix = set.getMetadata().getName();
            var name = prefix.substring(0, Math.min(prefix.length(), NAME_LIMIT)) + "-" + hash;
            var revision = new ControllerRevisionBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(namespace(set))
                    .withLabels(labels)
                    .withAnnotations(set.getMetadata().getAnnotations())
                    .withOwnerReferences(Pods.ownedBy(set))
                    .endMetadata()
                    .withData(data)
                    .withRevision(number)
                    .build();
            try {
                var created = client.resource(revision).create();
                return new Pair(created, created, tries);
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != ControllerContext.HTTP_CONFLICT) {
                    throw refused;
                }
                var there = client.apps()
                        .controllerRevisions()
                        .inNamespace(namespace(set))
                        .withName(name)
                        .get();
                if (there != null && sameData(there, data) && Pods.isControlledBy(there, set)) {
                    return new Pair(there, there, tries);
                }
            }
        }
    }

    private boolean sameData(ControllerRevision revision, ObjectNode data) {
        return tree(revision.getData()).equals(data);
    }

    private ObjectNode data(StatefulSet set) {
        var template = (ObjectNode) tree(set.getSpec().getTemplate());
        template.put("$patch", "replace");
        var data = json.createObjectNode();
        data.putObject("spec").set("template", template);
        return (ObjectNode) tree(data);
    }

    private JsonNode tree(Object value) {
        try {
            return json.readTree(json.writeValueAsBytes(value));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hash(String data, int collisions) {
        int hash = 0x811c9dc5;
        for (byte b : (collisions == 0 ? data : data + collisions).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return safe(Integer.toUnsignedString(hash));
    }

    /** Digits as the letters Kubernetes uses in generated names. */
    private static String safe(String digits) {
        var letters = "bcdfghjklmnpqrstvwxz2456789";
        var text = new StringBuilder();
        for (char c : digits.toCharArray()) {
            text.append(letters.charAt(c % letters.length()));
        }
        return text.toString();
    }

    private static String namespace(StatefulSet set) {
        return set.getMetadata().getNamespace();
    }
}
