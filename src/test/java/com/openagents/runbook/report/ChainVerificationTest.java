package com.openagents.runbook.report;

import static com.openagents.runbook.report.AttestedFolder.OWNER;
import static com.openagents.runbook.report.AttestedFolder.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.attestation.Verification.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far the hash chain of a record holds. */
class ChainVerificationTest {
    @TempDir
    private Path folder;

    @Test
    void the_record_of_a_killed_run_is_proven_up_to_its_last_link_and_never_signed() throws IOException {
        var attested = AttestedFolder.write(folder, ChainedRecord.killed(), Optional.of(OWNER.getPrivate()));

        var run = RunRecord.read(folder);
        assertThat(run.verdict()).isEqualTo(RunVerdict.ABORTED);
        assertThat(run.provenance().text()).isEqualTo("not signed: the run did not write its record to the end");
        var verification = attested.verify(Optional.empty());
        assertThat(verification.has(Kind.DIFFERS)).isFalse();
        assertThat(texts(verification, Kind.HOLDS))
                .anySatisfy(text -> assertThat(text).contains("hash chain holds over the first", "has no end"));
    }

    @Test
    void a_run_that_was_killed_behind_its_last_scenario_has_not_come_to_its_end() throws IOException {
        AttestedFolder.write(folder, ChainedRecord.withoutEnd("Ed25519"), Optional.of(OWNER.getPrivate()));

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
        AttestedFolder.write(folder, ChainedRecord.goneOn(), Optional.empty());

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
        var attested = AttestedFolder.write(folder, cut, Optional.empty());

        var run = RunRecord.read(folder);
        assertThat(run.verdict()).isEqualTo(RunVerdict.FAILED);
        assertThat(run.problems())
                .anySatisfy(
                        problem -> assertThat(problem.text()).contains("The hash chain of the record breaks between"));
        assertThat(texts(attested.verify(Optional.empty()), Kind.DIFFERS))
                .anyMatch(text -> text.startsWith("run.ndjson"));
    }
}
