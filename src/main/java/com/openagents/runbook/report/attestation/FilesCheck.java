package com.openagents.runbook.report.attestation;

import com.openagents.runbook.evidence.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/** Holds the files of a folder against its manifest, and the manifest against what the attestation says of it. */
final class FilesCheck {
    private static final String PART = "files";

    private final Path folder;
    private final Findings findings;

    FilesCheck(Path folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /** @param attested SHA-256 of the manifest as the attestation names it; empty if there is none to ask */
    void check(Optional<String> attested) throws IOException {
        var file = folder.resolve(Manifest.FILE);
        if (!Files.isRegularFile(file)) {
            findings.differs(PART, Manifest.FILE, "is missing");
            return;
        }
        var bytes = Files.readAllBytes(file);
        var there = Manifest.of(folder);
        boolean fits = Arrays.equals(bytes, there.bytes());
        if (attested.isPresent() && !attested.get().equals(Sha256.of(bytes))) {
            if (fits) {
                findings.differs(PART, Envelope.FILE, "was changed: it names another " + Manifest.FILE);
            } else {
                findings.differs(
                        PART, Manifest.FILE, "was changed: it is not the one that " + Envelope.FILE + " names");
            }
            if (attested.get().equals(Sha256.of(there.bytes()))) {
                return;
            }
        }
        if (fits) {
            findings.holds(PART, there.files().size() + " files are as " + Manifest.FILE + " says");
        } else {
            compare(bytes, there);
        }
    }

    private void compare(byte[] bytes, Manifest there) {
        try {
            compare(Manifest.read(bytes), there);
        } catch (IOException e) {
            findings.differs(PART, Manifest.FILE, "was changed: it cannot be read");
        }
    }

    private void compare(Manifest manifest, Manifest there) {
        var written = manifest.byPath();
        var present = there.byPath();
        var paths = new TreeSet<>(written.keySet());
        paths.addAll(present.keySet());
        for (var path : paths) {
            if (!present.containsKey(path)) {
                findings.differs(PART, path, "is missing");
            } else if (!written.containsKey(path)) {
                findings.differs(PART, path, "was added");
            } else if (!written.get(path).equals(present.get(path))) {
                findings.differs(PART, path, "was changed");
            }
        }
        if (written.equals(present)) {
            findings.differs(PART, Manifest.FILE, "was changed: it is not as the runbook writes it");
        }
    }
}
