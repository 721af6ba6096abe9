package com.openagents.runbook.safety;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.util.Optional;

/** The revisions that the StatefulSet keeps, any of which it can take up, as {@code kubectl rollout undo} does. */
final class Releases {
    private final Ground ground;

    Releases(Ground ground) {
        this.ground = ground;
    }

    /** The name of the revision that is rolled out. */
    String current() {
        return set().get().getStatus().getUpdateRevision();
    }

    boolean keeps(String revision) {
        return template(revision).isPresent();
    }

    /** @throws IllegalStateException if the revision is not kept any more */
    void takeUp(String revision) {
        var template = template(revision)
                .orElseThrow(() -> new IllegalStateException("there is no revision " + revision + " any more"));
        Edit.of(
                set(),
                found -> new StatefulSetBuilder(found)
                        .editSpec()
                        .withTemplate(template)
                        .endSpec()
                        .build());
    }

    private Optional<PodTemplateSpec> template(String revision) {
        var serialization = ground.client().getKubernetesSerialization();
        return Optional.ofNullable(ground.client()
                        .apps()
                        .controllerRevisions()
                        .inNamespace(ground.namespace())
                        .withName(revision)
                        .get())
                .map(kept -> (ObjectNode) serialization
                        .convertValue(kept.getData(), JsonNode.class)
                        .at("/spec/template"))
                .map(template -> {
                    template.remove("$patch");
                    return serialization.convertValue(template, PodTemplateSpec.class);
                });
    }

    private RollableScalableResource<StatefulSet> set() {
        return ground.client()
                .apps()
                .statefulSets()
                .inNamespace(ground.namespace())
                .withName(SteadyState.NAME);
    }
}
