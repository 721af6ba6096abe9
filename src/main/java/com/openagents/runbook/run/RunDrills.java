package com.openagents.runbook.run;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.safety.DrillRefused;
import com.openagents.runbook.safety.DrillSession;
import com.openagents.runbook.safety.Ground;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the drills of a run share, or why it can make none. */
final class RunDrills {
    private final Optional<DrillSession> session;
    private final String whyNot;

    private RunDrills(Optional<DrillSession> session, String whyNot) {
        this.session = session;
        this.whyNot = whyNot;
    }

    static RunDrills none(String why) {
        return new RunDrills(Optional.empty(), why);
    }

    /**
     * Opens a session, or says why there is none: then the drills are incomplete.
     *
     * @param holder who has the lock, in words
     * @throws DrillRefused if nothing may be changed now
     */
    static RunDrills open(
            Supplier<Ground> ground,
            boolean plan,
            String runId,
            String holder,
            Redactor redactor,
            Consumer<String> progress) {
        try {
            return new RunDrills(
                    Optional.of(
                            plan
                                    ? DrillSession.plan(ground.get(), redactor)
                                    : DrillSession.open(ground.get(), runId, holder, redactor, progress)),
                    "");
        } catch (CouldNotCheck reason) {
            return none(reason.getMessage());
        }
    }

    boolean areOpen() {
        return session.isPresent();
    }

    /** @throws CouldNotCheck if there is none */
    DrillSession session() {
        return session.orElseThrow(() -> new CouldNotCheck("nothing can be changed: " + whyNot));
    }

    /**
     * Puts back whatever a drill has not put back yet.
     *
     * @return what could not be, in words; it stays in the journal, for recover
     */
    Optional<String> close() {
        try {
            session.ifPresent(DrillSession::close);
            return Optional.empty();
        } catch (RuntimeException problem) {
            return Optional.of(String.valueOf(problem.getMessage()));
        }
    }
}
