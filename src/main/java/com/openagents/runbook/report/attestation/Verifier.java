package com.openagents.runbook.report.attestation;

import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;

/** Verifies the folder of a run from what is in it and a key; asks nobody. */
public final class Verifier {
    private static final String STATEMENT = "statement";
    private static final String SIGNATURE = "signature";

    private final Path folder;
    private final Optional<PublicKey> key;
    private final String suiteVersion;
    private final Findings findings = new Findings();

    /**
     * For one folder.
     *
     * @param key of whoever is to have signed; a key that comes with a signature is never trusted
     * @param suiteVersion of this program: another version may make another report of the same record
     */
    public Verifier(Path folder, Optional<PublicKey> key, String suiteVersion) {
        this.folder = folder;
        this.key = key;
        this.suiteVersion = suiteVersion;
    }

    /** Whether something in the folder says that it was attested. */
    public static boolean knows(Path folder) {
        return Files.exists(folder.resolve(Envelope.FILE)) || Files.exists(folder.resolve(Manifest.FILE));
    }

    /** @throws IOException if the folder cannot be read */
    public Verification verify() throws IOException {
        var envelope = envelope();
        if (envelope.isPresent() && envelope.get().manifestSha256().isEmpty()) {
            findings.differs(STATEMENT, Envelope.FILE, "is about something else: it names no " + Manifest.FILE);
        }
        new FilesCheck(folder, findings).check(envelope.flatMap(Envelope::manifestSha256));
        var run = record();
        if (run.isEmpty() || findings.name(RunRecord.FILE)) {
            findings.leftOut("reports", "not rendered again: the record is not the one that they were made from");
        } else {
            compare(run.get(), envelope);
        }
        boolean signed = envelope.isPresent() && signed(envelope.get(), run);
        return new Verification(findings.all(), signed);
    }

    private Optional<Envelope> envelope() throws IOException {
        var file = folder.resolve(Envelope.FILE);
        if (!Files.isRegularFile(file)) {
            findings.differs(STATEMENT, Envelope.FILE, "is missing");
            return Optional.empty();
        }
        try {
            return Optional.of(Envelope.read(Files.readAllBytes(file)));
        } catch (IOException e) {
            findings.differs(STATEMENT, Envelope.FILE, "was changed: it is not as the runbook writes it");
            return Optional.empty();
        }
    }

    private Optional<Run> record() throws IOException {
        if (!Files.isRegularFile(folder.resolve(RunRecord.FILE))) {
            if (!findings.name(RunRecord.FILE)) {
                findings.differs("record", RunRecord.FILE, "is missing");
            }
            return Optional.empty();
        }
        var run = RunRecord.read(folder);
        var chain = run.provenance().chain();
        if (!chain.broken().isEmpty()) {
            findings.differs("record", RunRecord.FILE, "was changed: its hash chain " + chain.text());
        } else if (chain.proven() > 0) {
            findings.holds("record", "the hash chain " + chain.text());
        } else {
            findings.leftOut("record", "hash chain: " + chain.text());
        }
        return Optional.of(run);
    }

    private void compare(Run run, Optional<Envelope> envelope) throws IOException {
        if (run.facts().suiteVersion().equals(suiteVersion)) {
            envelope.ifPresent(attested -> statement(attested, run));
            new ReportsCheck(folder, findings).check(run);
        } else {
            findings.leftOut(
                    "reports",
                    "not rendered again, nor the statement compared with the record: they were made by" + " version '"
                            + run.facts().suiteVersion() + "', and this is version '" + suiteVersion + "'");
        }
    }

    private void statement(Envelope envelope, Run run) {
        var expected = Statement.of(run, envelope.manifestSha256().orElse(""));
        if (Arrays.equals(envelope.payload(), expected)) {
            findings.holds(
                    STATEMENT,
                    "says what the record says: " + Statement.result(run) + ", "
                            + run.tally().text());
        } else if (!findings.name(Envelope.FILE)) {
            findings.differs(STATEMENT, Envelope.FILE, "was changed: it does not say what the record says");
        }
    }

    private boolean signed(Envelope envelope, Optional<Run> run) {
        if (envelope.signature().isEmpty()) {
            unsigned(run);
        } else if (key.isEmpty()) {
            findings.notChecked(
                    SIGNATURE,
                    "there is one, and no --key was given. A key that comes with the files proves"
                            + " nothing: ask whoever runs the runbook for their public key, and give it with --key");
        } else if (envelope.isSignedBy(key.get())) {
            findings.holds(SIGNATURE, "Ed25519, by the owner of the given key");
            return true;
        } else {
            findings.differs(SIGNATURE, Envelope.FILE, "was changed, or signed with another key than the given one");
        }
        return false;
    }

    private void unsigned(Optional<Run> run) {
        if (key.isPresent()) {
            findings.differs(SIGNATURE, Envelope.FILE, "is not signed, and a key was given");
        } else if (run.map(read -> read.provenance().signed()).orElse(false)) {
            findings.differs(
                    SIGNATURE,
                    Envelope.FILE,
                    "is not signed, and the record says that it was to be: the signature was taken away, the run was killed"
                            + " before it signed, or this is a copy that ./runbook report made");
        } else {
            findings.leftOut(SIGNATURE, run.map(Run::signature).orElse("not signed"));
        }
    }
}
