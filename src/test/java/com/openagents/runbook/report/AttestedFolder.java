package com.openagents.runbook.report;

import com.openagents.runbook.report.attestation.AttestedReport;
import com.openagents.runbook.report.attestation.Verification;
import com.openagents.runbook.report.attestation.Verification.Kind;
import com.openagents.runbook.report.attestation.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/** The record of a run with its report and its attestation, and what the verifier says of them. */
record AttestedFolder(Path folder) {
    static final KeyPair OWNER = keys();

    private static final String VERSION = "0.1.0";

    static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A small run that passed, signed by its owner. */
    static AttestedFolder signed(Path folder) throws IOException {
        return write(folder, ChainedRecord.small("Ed25519"), Optional.of(OWNER.getPrivate()));
    }

    /** The same, signed by nobody. */
    static AttestedFolder unsigned(Path folder) throws IOException {
        return write(folder, ChainedRecord.small(""), Optional.empty());
    }

    static AttestedFolder write(Path folder, String record, Optional<PrivateKey> key) throws IOException {
        Files.writeString(folder.resolve(RunRecord.FILE), record);
        AttestedReport.write(RunRecord.read(folder), folder, key);
        return new AttestedFolder(folder);
    }

    Verification verify(Optional<PublicKey> key) throws IOException {
        return new Verifier(folder, key, VERSION).verify();
    }

    static List<String> texts(Verification verification, Kind kind) {
        return verification.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .map(Verification.Finding::text)
                .toList();
    }
}
