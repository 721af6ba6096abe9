package com.openagents.runbook.run;

import com.openagents.runbook.compliance.Compliance;
import com.openagents.runbook.environment.Aside;
import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.environment.EnvironmentFailure;
import com.openagents.runbook.environment.EnvironmentProblem;
import com.openagents.runbook.environment.OpenEnvironment;
import com.openagents.runbook.environment.Progress;
import com.openagents.runbook.environment.UnreachableEnvironment;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.safety.DrillRefused;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Preflight;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * One run: opens the environment, lets the engine run the scenarios against it, closes it, and leaves a record from
 * which the report is rendered. Whatever happens in between, the record is complete up to that moment.
 */
public final class RunbookRun implements AutoCloseable {
    private static final String LEFT_CHANGED = "application/vnd.openagents.left-changed+json";
    private static final String CUT_SHORT = "application/vnd.openagents.cut-short+json";
    private static final String MISPLACED = "application/vnd.openagents.misplaced+json";

    private final Environment chosen;
    private final Selection selection;
    private final RunFolder folder;
    private final RecordWriter record;
    private final Redactor redactor;
    private final Compliance compliance;
    private final Progress progress;
    private volatile OpenEnvironment environment =
            new UnreachableEnvironment("the run ended before its environment was open");
    private Optional<PrivateKey> signingKey = Optional.empty();
    private volatile RunDrills drills = RunDrills.none("the environment could not be opened");
    private RunContext context;
    private volatile boolean closed;

    private RunbookRun(
            Environment chosen,
            Selection selection,
            RunFolder folder,
            Progress shown,
            Redactor redactor,
            Compliance compliance) {
        this.chosen = chosen;
        this.selection = selection;
        this.folder = folder;
        this.redactor = redactor;
        this.compliance = compliance;
        this.record = new RecordWriter(folder.path().resolve("run.ndjson"), redactor);
        this.progress = new RecordedProgress(shown, record);
    }

    /** As below, for whoever shows nothing that is masked. */
    public static RunbookRun begin(
            Environment environment, Selection selection, Path features, Path output, Progress shown) {
        return begin(environment, selection, features, output, shown, new Redactor());
    }

    /**
     * Begins the record in a new folder of {@code output}; nothing is opened yet.
     *
     * @param redactor what masks what is shown, so that what the run comes to know is masked there, too
     * @throws EnvironmentProblem if the waivers or controls are wrong as they are written; then there is no folder
     */
    public static RunbookRun begin(
            Environment environment,
            Selection selection,
            Path features,
            Path output,
            Progress shown,
            Redactor redactor) {
        var compliance = Compliance.of(features, environment);
        return begin(environment, selection, features, output, shown, redactor, compliance);
    }

    private static RunbookRun begin(
            Environment environment,
            Selection selection,
            Path features,
            Path output,
            Progress shown,
            Redactor redactor,
            Compliance compliance) {
        var startedAt = Instant.now();
        var run = new RunbookRun(
                environment, selection, RunFolder.create(output, startedAt), shown, redactor, compliance);
        run.record.attach(
                RunFacts.MEDIA_TYPE, RunFacts.of(run.folder.id(), environment, selection, features, startedAt));
        compliance.facts().forEach(run.record::attach);
        run.record.attach(Provenance.MEDIA_TYPE, Provenance.of(environment));
        run.folder.misplaced().ifPresent(why -> run.problem(MISPLACED, why));
        CurrentRun.begin(run);
        return run;
    }

    /**
     * Opens the environment, as far as the selected scenarios need it. One that does not open makes every scenario incomplete, with the reason.
     *
     * @param askFirst whether the environment is asked which permissions are missing before anything else
     * @throws EnvironmentProblem if the environment is wrong as it is written; then there is no run and no folder of it
     * @throws DrillRefused if scenarios would change something and may not now; likewise
     * @throws CancellationException if the run was closed meanwhile
     */
    public void open(Engine engine, boolean askFirst) {
        var needs = engine.needs();
        var preflight = Preflight.nothingMissing();
        var identities = Optional.<Aside<List<Identity>>>empty();
        engine.lookAhead();
        try {
            signingKey = chosen.signingKey(redactor);
            var opened = chosen.open(redactor, progress, selection.faults(), needs);
            take(() -> environment = opened, opened::close);
            identities = Optional.of(new Aside<>(opened::identities));
            if (askFirst) {
                preflight = environment.preflight(needs.rights());
            }
            if (engine.hasDrills()) {
                var holder = RunFacts.holder() + ", run " + folder.id();
                var session = RunDrills.open(
                        environment::ground, selection.plan(), folder.id(), holder, redactor, progress::say);
                take(() -> drills = session, session::close);
            }
        } catch (EnvironmentFailure failure) {
            environment = new UnreachableEnvironment(redactor.redact(failure.getMessage()));
            identities = Optional.empty();
        } catch (EnvironmentProblem | DrillRefused problem) {
            close();
            folder.remove();
            throw problem;
        }
        context = new RunContext(environment, needs, preflight, drills, chosen.expectations());
        folder.isLatest().ifPresent(progress::say);
        identities
                .map(Aside::get)
                .orElseGet(environment::identities)
                .forEach(identity -> record.attach(Identity.MEDIA_TYPE, identity));
    }

    /** Keeps what was opened; where the run was closed meanwhile, that is put away at once. */
    private void take(Runnable keep, Runnable putAway) {
        synchronized (this) {
            if (!closed) {
                keep.run();
                return;
            }
        }
        putAway.run();
        throw new CancellationException("the run ended while its environment was being opened");
    }

    /**
     * Ends this run and begins another one, against the same environment, which stays open; the other one closes it.
     *
     * @param engine of the other run
     */
    public RunbookRun next(Engine engine, Path features, Path output, Progress shown) {
        var kept = environment;
        end();
        var next = begin(chosen, engine.selection(), features, output, shown, redactor, compliance);
        next.signingKey = signingKey;
        next.environment = kept;
        next.context =
                new RunContext(kept, engine.needs(), Preflight.nothingMissing(), next.drills, chosen.expectations());
        next.folder.isLatest().ifPresent(shown::say);
        kept.identities().forEach(identity -> next.record.attach(Identity.MEDIA_TYPE, identity));
        return next;
    }

    /** Takes the faults away that the environment was opened with. */
    public void heal(List<String> faults) {
        progress.phase("take away the fault " + String.join(", ", faults), () -> {
            environment.heal(faults);
            return null;
        });
    }

    /** Writes a fact about the whole run into its record, as JSON of its own media type. */
    public void attach(String mediaType, Object fact) {
        record.attach(mediaType, fact);
    }

    /** Runs the selected scenarios. */
    public void execute(Engine engine) {
        progress.phase("run the scenarios", () -> {
            engine.execute();
            return null;
        });
    }

    /** Hands every line of the record on as it is written, those written before first; the reader must not wait. */
    public void follow(Consumer<byte[]> reader) {
        record.follow(reader);
    }

    RecordWriter record() {
        return record;
    }

    /** What there is for the scenarios, once the run is open. */
    RunContext context() {
        return context;
    }

    /** What masks the secrets of this run, also after its end. */
    public Redactor redactor() {
        return redactor;
    }

    /** The folder of the run's record. */
    public Path folder() {
        return folder.path();
    }

    /** The key that its report is to be signed with. */
    public Optional<PrivateKey> signingKey() {
        return signingKey;
    }

    /** Its report is written; if it has ended, nobody needs to look after it any more. Does not wait for what closes. */
    public void reported() {
        if (closed) {
            folder.release();
        }
    }

    /** Closes the environment and ends the record; may be called from any thread, and more than once. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        record.endScenarios();
        try {
            drills.close().ifPresent(problem -> problem(LEFT_CHANGED, redactor.redact(problem)));
            progress.phase("close the environment", () -> {
                environment.close();
                // One that is interrupted while it opens is not known here yet.
                chosen.abandon();
                return null;
            });
        } finally {
            CurrentRun.end();
            record.close();
        }
    }

    /** Whether it was opened for drills, which put back what they changed when it is closed. */
    public boolean mayHaveChanged() {
        return drills.areOpen();
    }

    /** From now on nothing is known of scenarios, and the run counts as aborted for this reason. */
    public void cutShort(String why) {
        record.endScenarios();
        problem(CUT_SHORT, why);
    }

    private void problem(String mediaType, String what) {
        progress.say(what);
        record.attach(mediaType, Map.of("problem", what));
    }

    private synchronized void end() {
        closed = true;
        CurrentRun.end();
        record.close();
    }
}
