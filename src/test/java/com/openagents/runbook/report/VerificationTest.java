package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Sha256;
import com.openagents.runbook.report.attestation.AttestedReport;
import com.openagents.runbook.report.attestation.Verification;
import com.openagents.runbook.report.attestation.Verification.Kind;
import com.openagents.runbook.report.attestation.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    private static final String VERSION = "0.1.0";
    private static final KeyPair OWNER = keys();
    private static final KeyPair STRANGER = keys();
    private static final int CHANGES = 500;

    @TempDir
    private Path folder;

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void signed() throws IOException {
        write(ChainedRecord.small("Ed25519"), Optional.of(OWNER.getPrivate()));
    }

    private void unsigned() throws IOException {
        write(ChainedRecord.small(""), Optional.empty());
    }

    private void write(String record, Optional<PrivateKey> key) throws IOException {
        Files.writeString(folder.resolve(RunRecord.FILE), record);
        AttestedReport.write(RunRecord.read(folder), folder, key);
    }

    private Verification verify(Optional<PublicKey> key) throws IOException {
        return new Verifier(folder, key, VERSION).verify();
    }

    private static List<String> texts(Verification verification, Kind kind) {
        return verification.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .map(Verification.Finding::text)
                .toList();
    }

    @Test
    void all_holds_by_the_key_of_whoever_signed() throws IOException {
        signed();

        var verification = verify(Optional.of(OWNER.getPublic()));

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
        signed();

        var verification = verify(Optional.empty());

        assertThat(texts(verification, Kind.NOT_CHECKED))
                .singleElement()
                .asString()
                .contains("no --key was given");
        assertThat(verification.signed()).isFalse();
    }

    @Test
    void the_signature_of_somebody_else_does_not_hold() throws IOException {
        signed();

        assertThat(texts(verify(Optional.of(STRANGER.getPublic())), Kind.DIFFERS))
                .containsExactly("attestation.json was changed, or signed with another key than the given one");
    }

    @Test
    void a_run_that_is_not_signed_does_not_satisfy_a_key() throws IOException {
        unsigned();

        assertThat(texts(verify(Optional.of(OWNER.getPublic())), Kind.DIFFERS))
                .containsExactly("attestation.json is not signed, and a key was given");
        assertThat(verify(Optional.empty()).conclusion()).contains("nothing is signed");
    }

    @Test
    void a_signature_that_was_taken_away_is_missed() throws IOException {
        signed();
        Files.delete(folder.resolve("attestation.json"));
        AttestedReport.write(RunRecord.read(folder), folder, Optional.empty());

        assertThat(texts(verify(Optional.empty()), Kind.DIFFERS))
                .singleElement()
                .asString()
                .startsWith("attestation.json is not signed, and the record says that it was to be");
    }

    @Test
    void whoever_rewrites_everything_but_the_record_is_found_by_rendering_again() throws IOException {
        unsigned();
        var report = folder.resolve("report.html");
        var forged = Files.readString(report).replace("Every pod is ready", "Every pod is happy");
        Files.delete(folder.resolve("manifest.json"));
        Files.writeString(report, forged);
        rewriteManifest(forged, report);

        assertThat(texts(verify(Optional.empty()), Kind.DIFFERS)).anyMatch(text -> text.startsWith("report.html"));
    }

    /** As a forger would: the report is put back after a manifest was made of the forged one. */
    private void rewriteManifest(String forged, Path report) throws IOException {
        AttestedReport.write(RunRecord.read(folder), folder, Optional.empty());
        var manifest = folder.resolve("manifest.json");
        var honest = Sha256.of(Files.readAllBytes(report));
        Files.writeString(report, forged);
        var made = Files.readString(manifest).replace(honest, Sha256.of(Files.readAllBytes(report)));
        Files.writeString(manifest, made);
    }

    @Test
    void a_signature_for_something_else_does_not_count() throws Exception {
        signed();
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

    @Test
    void a_folder_without_a_record_holds_nothing() throws IOException {
        unsigned();
        var honest = RunRecord.read(folder);
        Files.delete(folder.resolve("run.ndjson"));
        AttestedReport.attest(honest, folder, Optional.empty());

        assertThat(texts(verify(Optional.empty()), Kind.DIFFERS)).containsExactly("run.ndjson is missing");
    }

    @Test
    void another_name_is_another_file() throws IOException {
        unsigned();
        Files.createDirectory(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/a.log"), "all is well");
        AttestedReport.attest(RunRecord.read(folder), folder, Optional.empty());
        Files.move(folder.resolve("logs/a.log"), folder.resolve("logs\\a.log"));

        assertThat(texts(verify(Optional.empty()), Kind.DIFFERS))
                .containsExactly("logs/a.log is missing", "logs\\a.log was added");
    }

    @Test
    void exported_results_are_rendered_again_too() throws IOException {
        unsigned();
        var run = RunRecord.read(folder);
        ReportWriter.writeOscal(run, folder);
        AttestedReport.attest(run, folder, Optional.empty());
        assertThat(verify(Optional.empty()).has(Kind.DIFFERS)).isFalse();

        Files.writeString(folder.resolve("oscal.json"), "{}");
        AttestedReport.attest(run, folder, Optional.empty());
        assertThat(texts(verify(Optional.empty()), Kind.DIFFERS))
                .containsExactly("oscal.json is not what this version makes of the record");
    }

    @Test
    void the_same_record_gives_the_same_bytes() throws IOException {
        signed();
        var before = contents();

        AttestedReport.write(RunRecord.read(folder), folder, Optional.of(OWNER.getPrivate()));
        assertThat(contents()).usingRecursiveComparison().isEqualTo(before);
        // Rendered again by somebody without the key: what was signed stays signed.
        AttestedReport.write(RunRecord.read(folder), folder, Optional.empty());
        assertThat(contents()).usingRecursiveComparison().isEqualTo(before);
    }

    /** The order of a map without one differs from process to process, and so would the bytes. */
    @Test
    void the_statement_has_one_order() throws IOException {
        unsigned();

        var envelope = Files.readString(folder.resolve("attestation.json"));
        var payload = envelope.split("\"payload\" : \"")[1].split("\"")[0];
        assertThat(new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8))
                .startsWith(
                        "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"manifest.json\",\"digest\":")
                .contains("{\"name\":\"suite\",\"uri\":\"pkg:maven/com.openagents/runbook@0.1.0\"}")
                .endsWith("\"passedTests\":[\"1-every-pod-is-ready\"],\"warnedTests\":[],\"failedTests\":[]}}");
    }

    @Test
    void the_record_of_a_killed_run_is_proven_up_to_its_last_link_and_never_signed() throws IOException {
        write(ChainedRecord.killed(), Optional.of(OWNER.getPrivate()));

        var run = RunRecord.read(folder);
        assertThat(run.verdict()).isEqualTo(RunVerdict.ABORTED);
        assertThat(run.provenance().text()).isEqualTo("not signed: the run did not write its record to the end");
        var verification = verify(Optional.empty());
        assertThat(verification.has(Kind.DIFFERS)).isFalse();
        assertThat(texts(verification, Kind.HOLDS))
                .anySatisfy(text -> assertThat(text).contains("hash chain holds over the first", "has no end"));
    }

    @Test
    void a_run_that_was_killed_behind_its_last_scenario_has_not_come_to_its_end() throws IOException {
        write(ChainedRecord.withoutEnd("Ed25519"), Optional.of(OWNER.getPrivate()));

        var run = RunRecord.read(folder);
        assertThat(run.finished()).isTrue();
        assertThat(run.tally().text()).isEqualTo("1 passed");
        assertThat(run.verdict()).isEqualTo(RunVerdict.ABORTED);
        assertThat(run.problems())
                .extracting(Problem::text)
                .singleElement()
                .asString()
                .startsWith("The record has no end");
        assertThat(folder.resolve("report.html")).content().contains("Aborted</span> on", "no scenario was under way");
        assertThat(run.soFar().verdict()).isEqualTo(RunVerdict.PASSED);
    }

    @Test
    void a_link_behind_the_last_one_breaks_the_chain() throws IOException {
        write(ChainedRecord.goneOn(), Optional.empty());

        assertThat(RunRecord.read(folder).problems())
                .extracting(Problem::text)
                .singleElement()
                .asString()
                .endsWith("the record goes on after its end");
    }

    @Test
    void a_line_that_was_taken_out_breaks_the_chain_and_fails_the_run() throws IOException {
        var lines = ChainedRecord.small("").lines().toList();
        var cut = String.join("\n", lines.subList(0, 6)) + "\n" + String.join("\n", lines.subList(7, lines.size()))
                + "\n";
        write(cut, Optional.empty());

        var run = RunRecord.read(folder);
        assertThat(run.verdict()).isEqualTo(RunVerdict.FAILED);
        assertThat(run.problems())
                .anySatisfy(
                        problem -> assertThat(problem.text()).contains("The hash chain of the record breaks between"));
        assertThat(texts(verify(Optional.empty()), Kind.DIFFERS)).anyMatch(text -> text.startsWith("run.ndjson"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void any_change_of_any_file_is_found_and_its_file_named(boolean sign) throws IOException {
        if (sign) {
            signed();
        } else {
            unsigned();
        }
        var before = contents();
        var key = sign ? Optional.of(OWNER.getPublic()) : Optional.<PublicKey>empty();
        var random = new Random(20261124);
        for (int i = 0; i < CHANGES; i++) {
            var change = change(before, random);
            var verification = verify(key);
            assertThat(texts(verification, Kind.DIFFERS))
                    .as("change %s: %s", i, change)
                    .anyMatch(text -> text.startsWith(change.file() + " "));
            restore(before, change.file());
        }
        assertThat(verify(key).has(Kind.DIFFERS)).isFalse();
    }

    private record Change(String file, String what) {}

    private Change change(Map<String, byte[]> before, Random random) throws IOException {
        var names = List.copyOf(before.keySet());
        var name = names.get(random.nextInt(names.size()));
        var bytes = before.get(name).clone();
        switch (random.nextInt(8)) {
            case 0 -> {
                Files.delete(folder.resolve(name));
                return new Change(name, "removed");
            }
            case 1 -> {
                var at = random.nextInt(bytes.length);
                Files.write(folder.resolve(name), Arrays.copyOf(bytes, at));
                return new Change(name, "truncated at " + at);
            }
            case 2 -> {
                var added = "added-" + random.nextInt(1000);
                Files.write(folder.resolve(added), new byte[random.nextInt(3)]);
                return new Change(added, "added");
            }
            default -> {
                var at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(folder.resolve(name), bytes);
                return new Change(name, "byte " + at + " flipped");
            }
        }
    }

    private void restore(Map<String, byte[]> before, String name) throws IOException {
        if (before.containsKey(name)) {
            Files.write(folder.resolve(name), before.get(name));
        } else {
            Files.delete(folder.resolve(name));
        }
    }

    private Map<String, byte[]> contents() throws IOException {
        var contents = new TreeMap<String, byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
