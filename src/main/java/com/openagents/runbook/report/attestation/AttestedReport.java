package com.openagents.runbook.report.attestation;

import com.openagents.runbook.evidence.Sha256;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Optional;

/** Writes the reports of a run, then the manifest of its folder, then the attestation of both. */
public final class AttestedReport {
    private AttestedReport() {}

    /**
     * Writes them beside the record. Whoever has something else for the folder writes it before, or attests it after.
     *
     * @param run as its record in this folder tells it
     * @param key signs the attestation of a run that came to its end; without one it stays unsigned, unless it is signed
     *     already and says the same
     */
    public static RunVerdict write(Run run, Path runFolder, Optional<PrivateKey> key) throws IOException {
        var verdict = ReportWriter.write(run, runFolder);
        attest(run, runFolder, key);
        return verdict;
    }

    /** Only the manifest and the attestation: for what came into the folder after the reports. */
    public static void attest(Run run, Path runFolder, Optional<PrivateKey> key) throws IOException {
        // What a killed process left of these is no file of the run.
        Files.deleteIfExists(draft(runFolder.resolve(Manifest.FILE)));
        Files.deleteIfExists(draft(runFolder.resolve(Envelope.FILE)));
        var manifest = Manifest.of(runFolder).bytes();
        var payload = Statement.of(run, Sha256.of(manifest));
        var envelope = key.isEmpty() ? signedBefore(runFolder, payload) : Optional.<Envelope>empty();
        replace(runFolder.resolve(Manifest.FILE), manifest);
        replace(
                runFolder.resolve(Envelope.FILE),
                envelope.orElseGet(() -> Envelope.of(
                                payload, key.filter(own -> run.provenance().signed())))
                        .bytes());
    }

    private static Optional<Envelope> signedBefore(Path runFolder, byte[] payload) {
        try {
            return Optional.of(Envelope.read(Files.readAllBytes(runFolder.resolve(Envelope.FILE))))
                    .filter(envelope -> Arrays.equals(envelope.payload(), payload));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Files.write(draft(file), content);
        Files.move(draft(file), file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path draft(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }
}
