package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** Reads the record of a run: Cucumber messages, one envelope a line, written while the run went on. */
public final class RunRecord {

    /** The record's name inside the folder of a run. */
    public static final String FILE = "run.ndjson";

    private RunRecord() {}

    /**
     * Reads the record in the folder of a run. A record that was cut short is read as far as it goes.
     *
     * @throws IOException if there is no record, or it cannot be read
     */
    public static Run read(Path runFolder) throws IOException {
        try (var bytes = new DigestInputStream(Files.newInputStream(runFolder.resolve(FILE)), Sha256.digest())) {
            var parts = readAll(bytes);
            return parts.run(HexFormat.of().formatHex(bytes.getMessageDigest().digest()));
        }
    }

    /** Reads a record from anywhere; {@link Run#recordSha256} stays empty. */
    public static Run read(Reader record) throws IOException {
        var text = new StringWriter();
        record.transferTo(text);
        return readAll(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)))
                .run("");
    }

    private static RecordParts readAll(InputStream record) throws IOException {
        var parts = new RecordParts();
        var lines = new RecordLines(record);
        for (var line = lines.next(); line != null; line = lines.next()) {
            parts.line(line);
        }
        return parts;
    }
}
