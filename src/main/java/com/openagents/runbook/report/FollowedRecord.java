package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Reads the record of a run while it is written, so that little is left to read when the run ends. */
public final class FollowedRecord implements Consumer<byte[]> {
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
        var sha256 = sha256(runFolder.resolve(RunRecord.FILE));
        return isRead() && digest.is(sha256) ? parts.run(sha256) : RunRecord.read(runFolder);
    }

    private static String sha256(Path record) throws IOException {
        var digest = Sha256.digest();
        try (var bytes = new DigestInputStream(Files.newInputStream(record), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private boolean isRead() {
        try {
            return reading.get();
        } catch (ExecutionException e) {
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
