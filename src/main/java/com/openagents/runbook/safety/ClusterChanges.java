package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.Inverse.Action;
import com.openagents.runbook.system.Right;
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
        var releases = new Releases(ground);
        if (!releases.keeps(revision)) {
            throw new CouldNotCheck("there is no revision " + revision + " any more");
        }
        return new Change(
                "roll back " + SET + " in namespace " + ground.namespace() + " to revision " + revision,
                SET,
                1,
                List.of(Right.ROLL_BACK),
                List.of(new Inverse(Action.RESTORE_TEMPLATE, SteadyState.NAME, releases.current())),
                () -> releases.takeUp(revision));
    }

    /** Each pod after the other goes by an eviction and comes back; when this is made, all are there again. */
    public Change restartPods() {
        return new Change(
                "restart the pods one after the other, as the disruption budget lets them go",
                "pods of " + SET,
                1,
                List.of(Right.RESTART),
                List.of(Inverse.waitFor("the pods")),
                () -> new PodRestart(ground).all());
    }

    /** The post-deploy gate is run again with the image that the StatefulSet asks for; Jobs are made, nothing else. */
    public Change runGate(Consumer<GateResult> result) {
        return new Change(
                "run the post-deploy gate again with the image that runs",
                "jobs/runtime-migrate, jobs/runtime-smoke",
                0,
                List.of(Right.RUN_GATE),
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
                List.of(Right.RESTART),
                List.of(Inverse.waitFor("pods " + first + " and " + second)),
                () -> {
                    var restart = new PodRestart(ground);
                    int goes = restart.evict(first);
                    if (goes != PodRestart.GOES) {
                        throw new CouldNotCheck("the first eviction was answered with " + goes
                                + ", so no pod was away and the second proves nothing");
                    }
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
