package com.openagents.runbook.report;

import static com.openagents.runbook.report.AttestedFolder.OWNER;
import static com.openagents.runbook.report.AttestedFolder.keys;
import static com.openagents.runbook.report.AttestedFolder.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.attestation.AttestedReport;
import com.openagents.runbook.report.attestation.Verification.Kind;
import com.openagents.runbook.report.attestation.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who signed for a run, and what exactly. */
class SignatureVerificationTest {
    private static final KeyPair STRANGER = keys();

    @TempDir
    private Path folder;

    @Test
    void all_holds_by_the_key_of_whoever_signed() throws IOException {
        var attested = AttestedFolder.signed(folder);

        var verification = attested.verify(Optional.of(OWNER.getPublic()));

        assertThat(verification.findings()).allMatch(finding -> finding.kind() == Kind.HOLDS);
        assertThat(verification.signed()).isTrue();
        assertThat(texts(verification, Kind.HOLDS))
                .anySatisfy(text -> assertThat(text).contains("hash chain holds over all"))
                .anySatisfy(text -> assertThat(text).contains("4 files are as manifest.json says"))
                .anySatisfy(text -> assertThat(text).contains("PASSED", "1 passed"))
                .anySatisfy(text -> assertThat(text).contains("byte for byte the same", "report.html"));
    }

    @Test
    void a_signature_without_a_key_to_hold_it_against_is_not_checked() throws IOException {
        var attested = AttestedFolder.signed(folder);

        var verification = attested.verify(Optional.empty());

        assertThat(texts(verification, Kind.NOT_CHECKED))
                .singleElement()
                .asString()
                .contains("no --key was given");
        assertThat(verification.signed()).isFalse();
    }

    @Test
    void the_signature_of_somebody_else_does_not_hold() throws IOException {
        var attested = AttestedFolder.signed(folder);

        assertThat(texts(attested.verify(Optional.of(STRANGER.getPublic())), Kind.DIFFERS))
                .containsExactly("attestation.json was changed, or signed with another key than the given one");
    }

    @Test
    void a_run_that_is_not_signed_does_not_satisfy_a_key() throws IOException {
        var attested = AttestedFolder.unsigned(folder);

        assertThat(texts(attested.verify(Optional.of(OWNER.getPublic())), Kind.DIFFERS))
                .containsExactly("attestation.json is not signed, and a key was given");
        assertThat(attested.verify(Optional.empty()).conclusion()).contains("nothing is signed");
    }

    @Test
    void a_signature_that_was_taken_away_is_missed() throws IOException {
        var attested = AttestedFolder.signed(folder);
        Files.delete(folder.resolve("attestation.json"));
        AttestedReport.write(RunRecord.read(folder), folder, Optional.empty());

        assertThat(texts(attested.verify(Optional.empty()), Kind.DIFFERS))
                .singleElement()
                .asString()
                .startsWith("attestation.json is not signed, and the record says that it was to be");
    }

    @Test
    void a_signature_for_something_else_does_not_count() throws Exception {
        AttestedFolder.signed(folder);
        var attestation = folder.resolve("attestation.json");
        var elsewhere = "{\"subject\":[]}".getBytes(StandardCharsets.UTF_8);
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(OWNER.getPrivate());
        signature.update(
                ("DSSEv1 28 application/vnd.in-toto+json " + elsewhere.length + " ").getBytes(StandardCharsets.UTF_8));
        signature.update(elsewhere);
        var base64 = Base64.getEncoder();
        Files.writeString(
                attestation,
                Files.readString(attestation)
                        .replaceFirst("(\"payload\" : )\"[^\"]*", "$1\"" + base64.encodeToString(elsewhere))
                        .replaceFirst("(\"sig\" : )\"[^\"]*", "$1\"" + base64.encodeToString(signature.sign())));

        var another = new Verifier(folder, Optional.of(OWNER.getPublic()), "0.2.0").verify();

        assertThat(texts(another, Kind.DIFFERS))
                .containsExactly("attestation.json is about something else: it names no manifest.json");
    }

    /** The order of a map without one differs from process to process, and so would the bytes. */
    @Test
    void the_statement_has_one_order() throws IOException {
        AttestedFolder.unsigned(folder);

        var envelope = Files.readString(folder.resolve("attestation.json"));
        var payload = envelope.split("\"payload\" : \"")[1].split("\"")[0];
        assertThat(new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8))
                .startsWith(
                        "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"manifest.json\",\"digest\":")
                .contains("{\"name\":\"suite\",\"uri\":\"pkg:maven/com.openagents/runbook@0.1.0\"}")
                .endsWith("\"passedTests\":[\"1-every-pod-is-ready\"],\"warnedTests\":[],\"failedTests\":[]}}");
    }
}
