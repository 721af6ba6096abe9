package com.openagents.runbook.safety;

import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

/**
 * Rolls the schema back by the release's own command, as a Job with the image that runs (contract 1.9): down to and including
 * a migration that is named. A person decides that; here it is drilled.
 */
final class SchemaRollback {
    private static final String NAME = "runtime-rollback";

    private final Ground ground;
    private final PostDeployGate gate;

    SchemaRollback(Ground ground) {
        this.ground = ground;
        gate = new PostDeployGate(ground, running -> {});
    }

    /** @throws Unsettled if the command fails, with what it wrote */
    void to(long version) {
        var image = new SteadyState(ground).image();
        var job = new JobBuilder(gate.manifest("runtime-migrate", image))
                .editMetadata()
                .withName(NAME)
                .endMetadata()
                .editSpec()
                .withBackoffLimit(0)
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withCommand(
                        "bin/openagents_runtime",
                        "eval",
                        "OpenAgentsRuntime.Release.rollback(OpenAgentsRuntime.Repo, " + version + ")")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        var run = gate.run(job, image);
        if (!run.complete()) {
            throw new Unsettled("the rollback to before migration " + version + " failed: " + run.words()
                    + "; it wrote: " + run.log());
        }
    }
}
