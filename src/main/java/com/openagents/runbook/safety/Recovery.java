package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts back what a killed run left changed, from the journal that it left in the namespace. */
public final class Recovery {
    private static final Duration STEADY_WITHIN = Duration.ofMinutes(3);

    private final Ground ground;
    private final Consumer<String> progress;

    public Recovery(Ground ground, Consumer<String> progress) {
        this.ground = ground;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param undone what was taken back, in words, in the order in which it was
     * @param problems what is not as it should be; empty if all is
     */
    public record Report(List<String> undone, List<String> problems) {
        public Report {
            undone = List.copyOf(undone);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Takes back what is in the journal. It may be called again: what was taken back is not in the journal any more, and where
     * it cannot be known whether it was, it is taken back again.
     *
     * @throws DrillRefused if a run that lives holds the lock
     * @throws CouldNotCheck if the API server refuses or does not answer; what was not taken back stays in the journal
     * @throws IllegalStateException if an entry of the journal was altered
     */
    public Report run(String holder) {
        return ground.ask("get, create, update, delete leases and configmaps", () -> locked(holder));
    }

    private Report locked(String holder) {
        var lock = DrillLock.takeOver(ground, holder, progress);
        try {
            var undone = new ArrayList<String>();
            var problems = new ArrayList<String>();
            Journal.left(ground).ifPresent(journal -> {
                var taken = TakenBack.all(ground, journal, new Undo(ground, progress));
                undone.addAll(taken.done());
                taken.problem().ifPresentOrElse(problems::add, journal::end);
            });
            new SteadyState(ground)
                    .await(STEADY_WITHIN)
                    .ifPresent(problem -> problems.add("the runtime is not steady: " + problem));
            return new Report(undone, problems);
        } finally {
            lock.close();
        }
    }
}
