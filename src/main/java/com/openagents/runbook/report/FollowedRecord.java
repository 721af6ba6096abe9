package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Reads the record of a run while it is written, so that little is left to read when the run ends. */
public final class FollowedRecord implements Consumer<byte[]> {
    /** For what is left to read when the run ends; after that the file is read as if nothing had been. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
    private final RecordParts parts = new RecordParts();
    private final LinesDigest digest = new LinesDigest();
    private final FutureTask<Boolean> reading = new FutureTask<>(this::readToTheEnd);
    private boolean ended;

    public FollowedRecord() {
        var thread = new Thread(reading, "record");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param line its bytes, without its line feed */
    @Override
    public void accept(byte[] line) {
        lines.add(line);
    }

    /**
     * The run, as {@link RunRecord#read(Path)}: what was followed counts only if the file holds just that. Asked again, for
     * something has come since, it reads the file.
     *
     * @throws IOException if there is no record, or it cannot be read
     */
    public synchronized Run read(Path runFolder) throws IOException {
        if (ended) {
            return RunRecord.read(runFolder);
        }
        ended = true;
        lines.add(END);
        var sha256 = Sha256.ofFile(runFolder.resolve(RunRecord.FILE));
        return isRead() && digest.is(sha256) ? parts.run(sha256) : RunRecord.read(runFolder);
    }

    private boolean isRead() {
        try {
            return reading.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean readToTheEnd() throws InterruptedException {
        for (var line = lines.take(); line != END; line = lines.take()) {
            digest.add(line);
            parts.line(line);
        }
        return true;
    }
}
