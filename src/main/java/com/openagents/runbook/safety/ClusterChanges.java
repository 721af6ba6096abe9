package com.openagents.runbook.safety;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.Inverse.Action;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The changes that drills make to releases and pods, each with what takes it back. Nothing is changed before it is made. */
public final class ClusterChanges {
    private static final String SET = "statefulset/" + SteadyState.NAME;

    private final Ground ground;
    private final SteadyState steady;

    ClusterChanges(Ground ground) {
        this.ground = ground;
        steady = new SteadyState(ground);
    }

    /**
     * The StatefulSet takes up the template of an earlier revision, as {@code kubectl rollout undo} does (runbook 7).
     *
     * @param revision its name
     * @throws CouldNotCheck if there is no such revision
     */
    public Change rollBackTo(String revision) {
        var template = template(revision);
        var now = ground.client()
                .apps()
                .statefulSets()
                .inNamespace(ground.namespace())
                .withName(SteadyState.NAME)
                .get()
                .getSpec()
                .getTemplate();
        var serialization = ground.client().getKubernetesSerialization();
        return new Change(
                "roll back " + SET + " in namespace " + ground.namespace() + " to revision " + revision,
                SET,
                1,
                List.of("patch statefulsets"),
                List.of(new Inverse(Action.RESTORE_TEMPLATE, SteadyState.NAME, serialization.asJson(now))),
                () -> setTemplate(template));
    }

    private PodTemplateSpec template(String revision) {
        var kept = ground.client()
                .apps()
                .controllerRevisions()
                .inNamespace(ground.namespace())
                .withName(revision)
                .get();
        if (kept == null) {
            throw new CouldNotCheck("there is no revision " + revision + " any more");
        }
        var serialization = ground.client().getKubernetesSerialization();
        var template = (ObjectNode)
                serialization.convertValue(kept.getData(), JsonNode.class).at("/spec/template");
        template.remove("$patch");
        return serialization.convertValue(template, PodTemplateSpec.class);
    }

    private void setTemplate(PodTemplateSpec template) {
        Edit.of(
                ground.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(ground.namespace())
                        .withName(SteadyState.NAME),
                set -> new StatefulSetBuilder(set)
                        .editSpec()
                        .withTemplate(template)
                        .endSpec()
                        .build());
    }

    /** Each pod after the other goes by an eviction and comes back; when this is made, all are there again. */
    public Change restartPods() {
        return new Change(
                "restart the pods one after the other, as the disruption budget lets them go",
                "pods of " + SET,
                1,
                List.of("create pods/eviction"),
                List.of(Inverse.waitFor("the pods")),
                () -> new PodRestart(ground).all());
    }

    /** The post-deploy gate is run again with the image that the StatefulSet asks for; Jobs are made, nothing else. */
    public Change runGate(Consumer<GateResult> result) {
        return new Change(
                "run the post-deploy gate again with the image that runs",
                "jobs/runtime-migrate, jobs/runtime-smoke",
                0,
                List.of("create jobs", "delete jobs"),
                List.of(),
                () -> result.accept(new PostDeployGate(ground, running -> {}).run(steady.image())));
    }

    /**
     * A pod is evicted, and while it is away another one is to be evicted as well.
     *
     * @param answer gets the status code of the answer to the second eviction
     */
    public Change evictTwo(String first, String second, IntConsumer answer) {
        return new Change(
                "evict pod " + first + ", and ask to evict " + second + " at the same time",
                "pods/" + first + ", " + second,
                1,
                List.of("create pods/eviction"),
                List.of(Inverse.waitFor("pods " + first + " and " + second)),
                () -> {
                    var restart = new PodRestart(ground);
                    restart.evict(first);
                    answer.accept(restart.evict(second));
                });
    }

    /** The pods of the runtime, in the order of their names. */
    public List<String> pods() {
        return steady.pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }
}
