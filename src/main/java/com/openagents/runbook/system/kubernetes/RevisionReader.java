package com.openagents.runbook.system.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the revisions that the StatefulSet keeps (runbook 7). */
final class RevisionReader {
    private final KubernetesClient client;
    private final Reads reads;

    RevisionReader(KubernetesClient client, Reads reads) {
        this.client = client;
        this.reads = reads;
    }

    Revisions revisions(String heldAgainst) {
        var namespace = reads.kubectl().namespace();
        var set = reads.ask(
                "get statefulsets",
                () -> client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName(KubernetesSystem.NAME)
                        .get());
        var kept = reads.ask(
                "list controllerrevisions",
                () -> Pages.all(client.apps()
                        .controllerRevisions()
                        .inNamespace(namespace)
                        .withLabel("app", KubernetesSystem.NAME)));
        var strategy = Optional.ofNullable(set).map(StatefulSet::getSpec).map(spec -> spec.getUpdateStrategy());
        var revisions = new Revisions(
                kept.stream().map(this::revision).toList(),
                Optional.ofNullable(set)
                        .map(found -> found.getStatus().getUpdateRevision())
                        .orElse(""),
                strategy.map(update -> update.getType()).orElse("RollingUpdate"),
                strategy.map(update -> update.getRollingUpdate())
                        .map(update -> update.getPartition())
                        .orElse(0),
                Instant.now(),
                reads.kubectl());
        reads.saw(
                "Revisions of the StatefulSet",
                "rollout history statefulset/runtime",
                rows(revisions),
                heldAgainst,
                revisions.at(),
                set == null ? "" : Reads.version(set));
        return revisions;
    }

    private static List<Map<String, String>> rows(Revisions revisions) {
        return revisions.revisions().stream()
                .sorted((one, other) -> Long.compare(other.number(), one.number()))
                .map(revision -> Rows.of(
                        "revision",
                        revision.name(),
                        "number",
                        revision.number(),
                        "rolled out",
                        revision.name().equals(revisions.current()) ? "yes" : "",
                        "image",
                        revision.image()))
                .toList();
    }

    private Revisions.Revision revision(ControllerRevision revision) {
        var image = client.getKubernetesSerialization()
                .convertValue(revision.getData(), JsonNode.class)
                .at("/spec/template/spec/containers/0/image");
        return new Revisions.Revision(revision.getMetadata().getName(), revision.getRevision(), image.asText());
    }
}
