package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import java.util.List;

/** What can be wrong with the gate although its smoke run passed. */
final class GateFaults {
    private static final String MIGRATE = "runtime-migrate";
    private static final String SMOKE = "runtime-smoke";
    private static final String RELEASE = "OpenAgentsRuntime.Release.";

    private GateFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(
                migrationFailed(), migrationOfAnotherImage(), migrationAfterSmoke(), withoutVerify(), movingTag());
    }

    private static Fault<ClusterReplica> migrationFailed() {
        return new ClusterFault(
                "migration-failed",
                "The migration was run with a command that fails, and the smoke check was run all the same.",
                "the newest migration run has failed",
                objects -> {
                    GateJobs.again(
                            objects,
                            MIGRATE,
                            container -> container.withCommand("bin/openagents_runtime", "eval", RELEASE + "migrat()"));
                    GateJobs.again(objects, SMOKE, container -> container);
                },
                objects -> GateJobs.isComplete(objects, SMOKE));
    }

    private static Fault<ClusterReplica> migrationOfAnotherImage() {
        return new ClusterFault(
                "migration-of-another-image",
                "The migration was run with the image of the release before.",
                "the migration used another image",
                objects -> {
                    GateJobs.again(objects, MIGRATE, container -> container.withImage(ClusterReplica.PREVIOUS_IMAGE));
                    GateJobs.again(objects, SMOKE, container -> container);
                },
                objects -> GateJobs.isComplete(objects, SMOKE));
    }

    private static Fault<ClusterReplica> migrationAfterSmoke() {
        return new ClusterFault(
                "smoke-before-migration",
                "The migration was run once more after the smoke check.",
                "the smoke run came before the migration",
                objects -> GateJobs.again(objects, MIGRATE, container -> container),
                objects -> GateJobs.isComplete(objects, MIGRATE));
    }

    private static Fault<ClusterReplica> withoutVerify() {
        return new ClusterFault(
                "migration-without-verify",
                "The migration was run without looking at the required tables afterwards.",
                "the command of the migration does not verify",
                objects -> {
                    GateJobs.again(
                            objects,
                            MIGRATE,
                            container ->
                                    container.withCommand("bin/openagents_runtime", "eval", RELEASE + "migrate()"));
                    GateJobs.again(objects, SMOKE, container -> container);
                },
                objects -> GateJobs.isComplete(objects, SMOKE));
    }

    private static Fault<ClusterReplica> movingTag() {
        return new ClusterFault(
                "image-tag-moves",
                "The runtime was deployed by the tag staging-latest, as published (contract 18.1, A19); the gate passed.",
                "the tag of the image moves",
                objects -> Releases.rollOut(objects, ClusterReplica.IMAGE.replaceFirst(":[^:]*$", ":staging-latest")),
                Objects::isRolledOut);
    }
}
