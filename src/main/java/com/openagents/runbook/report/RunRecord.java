package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
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
        try (var bytes = new DigestInputStream(Files.newInputStream(runFolder.resolve(FILE)), Sha256.digest());
                var reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16)) {
            var parts = readAll(reader);
            bytes.transferTo(OutputStream.nullOutputStream());
            return parts.run(HexFormat.of().formatHex(bytes.getMessageDigest().digest()));
        }
    }

    /** Reads a record from anywhere; {@link Run#recordSha256} stays empty. */
    public static Run read(Reader record) throws IOException {
        return readAll(new BufferedReader(record)).run("");
    }

    private static RecordParts readAll(BufferedReader reader) throws IOException {
        var parts = new RecordParts();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            parts.line(line);
        }
        return parts;
    }
}
