package com.openagents.runbook.safety;

import java.time.Duration;
import java.util.function.Consumer;

/** Carries out inverses. Each may be carried out again without harm, for nobody knows how far a killed run came. */
final class Undo {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Ground ground;
    private final SecretKeeper secrets;
    private final SteadyState steady;
    private final Consumer<String> progress;

    Undo(Ground ground, Consumer<String> progress) {
        this.ground = ground;
        this.progress = progress;
        secrets = new SecretKeeper(ground);
        steady = new SteadyState(ground);
    }

    /** @throws IllegalStateException if it cannot be done; it stays in the journal */
    void carryOut(Inverse inverse) {
        progress.accept(inverse.words());
        switch (inverse.action()) {
            case RESTORE_TEMPLATE -> restoreTemplate(inverse);
            case RESTORE_SECRET -> secrets.restore(inverse.name(), inverse.state());
            case DELETE_SECRET -> secrets.delete(inverse.name());
            case RESTORE_PASSWORD -> restorePassword(inverse);
            case RESTART_PODS -> {
                awaitSteady();
                new PodRestart(ground).all();
            }
            case RERUN_GATE -> rerunGate();
            case RESTORE_CONTROL_PLANE -> ground.operated().restoreControlPlane();
            case WAIT -> awaitSteady();
        }
    }

    private void restoreTemplate(Inverse inverse) {
        new Releases(ground).takeUp(inverse.state());
        awaitSteady();
    }

    private void restorePassword(Inverse inverse) {
        secrets.value(inverse.state(), "DATABASE_URL")
                .map(DatabaseUrl::parse)
                .ifPresent(before -> ground.hands().changePassword(inverse.name(), before.password()));
    }

    private void rerunGate() {
        awaitSteady();
        var result = new PostDeployGate(ground, progress).run(steady.image());
        if (!result.passed()) {
            throw new IllegalStateException(
                    "the gate does not pass after everything was put back:\n" + String.join("\n", result.lines()));
        }
    }

    private void awaitSteady() {
        steady.await(LIMIT).ifPresent(problem -> {
            throw new IllegalStateException("after " + LIMIT.toMinutes() + " min " + problem);
        });
    }
}
