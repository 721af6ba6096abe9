package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The drills of one run in one namespace: holds the lock, keeps the journal, and puts everything back whatever happens,
 * also when the run is interrupted from another thread while a change is being made.
 */
public final class DrillSession implements AutoCloseable {
    private static final String RIGHTS = "get, create, update, delete leases and configmaps";

    private final Ground ground;
    private final Redactor redactor;
    private final Undo undo;
    private final Optional<DrillLock> lock;
    private final Optional<Journal> journal;
    private volatile Thread changing;
    private volatile boolean closing;
    private boolean closed;

    private DrillSession(
            Ground ground,
            Redactor redactor,
            Consumer<String> progress,
            Optional<DrillLock> lock,
            Optional<Journal> journal) {
        this.ground = ground;
        this.redactor = redactor;
        this.lock = lock;
        this.journal = journal;
        undo = new Undo(ground, progress);
    }

    /**
     * Takes the lock and begins the journal.
     *
     * @param holder who runs it, for whoever comes second
     * @throws DrillRefused if somebody else is at it, or a killed run left changes behind
     * @throws CouldNotCheck if the API server refuses or does not answer
     */
    public static DrillSession open(
            Ground ground, String runId, String holder, Redactor redactor, Consumer<String> progress) {
        return ground.ask(RIGHTS, () -> locked(ground, runId, holder, redactor, progress));
    }

    private static DrillSession locked(
            Ground ground, String runId, String holder, Redactor redactor, Consumer<String> progress) {
        var lock = DrillLock.take(ground, holder);
        try {
            if (Journal.left(ground).isPresent()) {
                throw new DrillRefused("An earlier drill in namespace " + ground.namespace()
                        + " was killed before everything was put back. Nothing was changed now. Put it back first:\n"
                        + "  ./runbook recover --environment " + ground.environment());
            }
            var journal = Journal.begin(ground, runId);
            return new DrillSession(ground, redactor, progress, Optional.of(lock), Optional.of(journal));
        } catch (RuntimeException problem) {
            lock.close();
            throw problem;
        }
    }

    /** A session that only shows what would be changed; it takes no lock and writes nothing. */
    public static DrillSession plan(Ground ground, Redactor redactor) {
        return new DrillSession(ground, redactor, waitedFor -> {}, Optional.empty(), Optional.empty());
    }

    /** The drill of one scenario. */
    public Drill drill(EvidenceLog evidence) {
        return new Drill(this, evidence);
    }

    Ground ground() {
        return ground;
    }

    boolean onlyPlans() {
        return journal.isEmpty();
    }

    /** From now on this value appears nowhere. */
    void hide(String secret) {
        redactor.hide(secret);
    }

    /** Writes how it is taken back, then makes the change. */
    synchronized void make(Change change) {
        var open = journal.orElseThrow(() -> new IllegalStateException("a plan changes nothing"));
        if (closing) {
            throw new CouldNotCheck("the run is being ended");
        }
        change.inverses().forEach(inverse -> open.write(change.what(), inverse));
        changing = Thread.currentThread();
        try {
            change.act().run();
        } finally {
            changing = null;
        }
    }

    /**
     * Takes back everything that was not taken back yet, the newest first.
     *
     * @return what could not be taken back, in words; it stays in the journal
     */
    synchronized Optional<String> putBack() {
        return journal.flatMap(open -> TakenBack.all(ground, open, undo).problem());
    }

    /** Puts everything back and gives the lock away; may be called from any thread while a change is being made. */
    @Override
    public void close() {
        closing = true;
        var busy = changing;
        if (busy != null && busy != Thread.currentThread()) {
            busy.interrupt();
        }
        end();
    }

    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            var problem =
                    putBack().or(() -> ground.attempt("delete configmaps", () -> journal.ifPresent(Journal::end)));
            if (problem.isPresent()) {
                throw new IllegalStateException("not everything could be put back: " + problem.get()
                        + "\nTry again: ./runbook recover --environment " + ground.environment());
            }
        } finally {
            // One that cannot be given away expires by itself.
            ground.attempt("get, delete leases", () -> lock.ifPresent(DrillLock::close));
        }
    }
}
