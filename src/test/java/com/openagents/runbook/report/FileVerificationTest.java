package com.openagents.runbook.report;

import static com.openagents.runbook.report.AttestedFolder.OWNER;
import static com.openagents.runbook.report.AttestedFolder.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Sha256;
import com.openagents.runbook.report.attestation.AttestedReport;
import com.openagents.runbook.report.attestation.Verification.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a run, none of which can change unseen. */
class FileVerificationTest {
    private static final int CHANGES = 500;

    @TempDir
    private Path folder;

    @Test
    void whoever_rewrites_everything_but_the_record_is_found_by_rendering_again() throws IOException {
        var attested = AttestedFolder.unsigned(folder);
        var report = folder.resolve("report.html");
        var forged = Files.readString(report).replace("Every pod is ready", "Every pod is happy");
        Files.delete(folder.resolve("manifest.json"));
        Files.writeString(report, forged);
        rewriteManifest(forged, report);

        assertThat(texts(attested.verify(Optional.empty()), Kind.DIFFERS))
                .anyMatch(text -> text.startsWith("report.html"));
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
    void a_folder_without_a_record_holds_nothing() throws IOException {
        var attested = AttestedFolder.unsigned(folder);
        var honest = RunRecord.read(folder);
        Files.delete(folder.resolve("run.ndjson"));
        AttestedReport.attest(honest, folder, Optional.empty());

        assertThat(texts(attested.verify(Optional.empty()), Kind.DIFFERS)).containsExactly("run.ndjson is missing");
    }

    @Test
    void another_name_is_another_file() throws IOException {
        var attested = AttestedFolder.unsigned(folder);
        Files.createDirectory(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/a.log"), "all is well");
        AttestedReport.attest(RunRecord.read(folder), folder, Optional.empty());
        Files.move(folder.resolve("logs/a.log"), folder.resolve("logs\\a.log"));

        assertThat(texts(attested.verify(Optional.empty()), Kind.DIFFERS))
                .containsExactly("logs/a.log is missing", "logs\\a.log was added");
    }

    @Test
    void exported_results_are_rendered_again_too() throws IOException {
        var attested = AttestedFolder.unsigned(folder);
        var run = RunRecord.read(folder);
        ReportWriter.writeOscal(run, folder);
        AttestedReport.attest(run, folder, Optional.empty());
        assertThat(attested.verify(Optional.empty()).has(Kind.DIFFERS)).isFalse();

        Files.writeString(folder.resolve("oscal.json"), "{}");
        AttestedReport.attest(run, folder, Optional.empty());
        assertThat(texts(attested.verify(Optional.empty()), Kind.DIFFERS))
                .containsExactly("oscal.json is not what this version makes of the record");
    }

    @Test
    void the_same_record_gives_the_same_bytes() throws IOException {
        AttestedFolder.signed(folder);
        var before = contents();

        AttestedReport.write(RunRecord.read(folder), folder, Optional.of(OWNER.getPrivate()));
        assertThat(contents()).usingRecursiveComparison().isEqualTo(before);
        // Rendered again by somebody without the key: what was signed stays signed.
        AttestedReport.write(RunRecord.read(folder), folder, Optional.empty());
        assertThat(contents()).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void any_change_of_any_file_is_found_and_its_file_named(boolean sign) throws IOException {
        var attested = sign ? AttestedFolder.signed(folder) : AttestedFolder.unsigned(folder);
        var before = contents();
        var key = sign ? Optional.of(OWNER.getPublic()) : Optional.<PublicKey>empty();
        var random = new Random(20261124);
        for (int i = 0; i < CHANGES; i++) {
            var change = change(before, random);
            var verification = attested.verify(key);
            assertThat(texts(verification, Kind.DIFFERS))
                    .as("change %s: %s", i, change)
                    .anyMatch(text -> text.startsWith(change.file() + " "));
            restore(before, change.file());
        }
        assertThat(attested.verify(key).has(Kind.DIFFERS)).isFalse();
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
