package com.openagents.runbook.run;

import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.environment.EnvironmentFailure;
import com.openagents.runbook.environment.EnvironmentProblem;
import com.openagents.runbook.environment.OpenEnvironment;
import com.openagents.runbook.environment.Progress;
import com.openagents.runbook.environment.UnreachableEnvironment;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.system.Identity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One run: opens the environment, lets the engine run the scenarios against it, closes it, and leaves a record from
 * which the report is rendered. Whatever happens in between, the record is complete up to that moment.
 */
public final class RunbookRun implements AutoCloseable {
    private final RunFolder folder;
    private final RecordWriter record;
    private final Redactor redactor;
    private final OpenEnvironment environment;
    private final List<Object> expectations;
    private final Progress progress;
    private boolean closed;

    private RunbookRun(
            RunFolder folder,
            RecordWriter record,
            Redactor redactor,
            OpenEnvironment environment,
            List<Object> expectations,
            Progress progress) {
        this.folder = folder;
        this.record = record;
        this.redactor = redactor;
        this.environment = environment;
        this.expectations = expectations;
        this.progress = progress;
    }

    /**
     * Opens the environment and begins the record in a new folder of {@code output}.
     *
     * @throws EnvironmentProblem if the environment is wrong as it is written
     */
    public static RunbookRun begin(
            Environment environment, Selection selection, Path features, Path output, Progress shown) {
        var startedAt = Instant.now();
        var folder = RunFolder.create(output, startedAt);
        var redactor = new Redactor();
        var record = new RecordWriter(folder.path().resolve("run.ndjson"), redactor);
        record.attach(RunFacts.MEDIA_TYPE, RunFacts.of(folder.id(), environment, selection, features, startedAt));
        var progress = new RecordedProgress(shown, record);
        var open = open(environment, selection, redactor, progress);
        var run = new RunbookRun(folder, record, redactor, open, environment.expectations(), progress);
        CurrentRun.begin(run);
        open.identities().forEach(identity -> record.attach(Identity.MEDIA_TYPE, identity));
        return run;
    }

    private static OpenEnvironment open(
            Environment environment, Selection selection, Redactor redactor, Progress progress) {
        try {
            return environment.open(redactor, progress, selection.faults());
        } catch (EnvironmentFailure failure) {
            return new UnreachableEnvironment(redactor.redact(failure.getMessage()));
        }
    }

    /** Runs the selected scenarios. */
    public void execute(Engine engine) {
        progress.phase("run the scenarios", () -> {
            engine.execute();
            return null;
        });
    }

    /** The run that is under way in this process. */
    public static RunbookRun underWay() {
        return CurrentRun.get();
    }

    RecordWriter record() {
        return record;
    }

    Redactor redactor() {
        return redactor;
    }

    OpenEnvironment environment() {
        return environment;
    }

    /** What steps ask for by type besides the systems: thresholds and the like. */
    List<Object> expectations() {
        return expectations;
    }

    /** The folder of the run's record. */
    public Path folder() {
        return folder.path();
    }

    /** Closes the environment and ends the record; may be called from any thread, and more than once. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            progress.phase("close the environment", () -> {
                environment.close();
                return null;
            });
        } finally {
            CurrentRun.end();
            record.close();
        }
    }
}
