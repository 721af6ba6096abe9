package com.openagents.runbook.system.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutSystemTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final Redactor redactor = new Redactor();
    private final List<String> live = Collections.synchronizedList(new ArrayList<>());
    private final List<Evidence> evidence = new ArrayList<>();
    private final CommandRunner runner = new CommandRunner(redactor::redact, live::add);

    @BeforeEach
    void lay_out() throws IOException {
        Files.createDirectories(folder.resolve("apps/runtime/docs/reports"));
        Files.createDirectories(folder.resolve("bin"));
    }

    @Test
    void a_command_runs_in_its_folder_and_tells_its_end() throws IOException {
        mix("pwd; echo \"partition $MIX_TEST_PARTITION\"; echo '3 tests, 1 failure'; exit 2");

        var run = system().run(CheckoutCommand.TEST);

        assertThat(run.exit()).hasValue(2);
        assertThat(run.succeeded()).isFalse();
        assertThat(run.lines())
                .containsExactly(
                        folder.resolve("apps/runtime").toRealPath().toString(),
                        "partition _runbook",
                        "3 tests, 1 failure");
        assertThat(run.tally()).contains(new CommandRun.Tally(3, 1));
        assertThat(run.command()).isEqualTo("MIX_TEST_PARTITION=_runbook mix test");
        assertThat(live).containsExactlyElementsOf(run.lines());
        assertThat(evidence)
                .singleElement()
                .satisfies(seen -> assertThat(seen.context().get("end")).startsWith("exit 2 after"));
    }

    @Test
    void colours_do_not_hide_what_a_command_says() throws IOException {
        mix("printf '\\033[32mruntime contract check passed\\033[0m\\n'");

        assertThat(system().run(CheckoutCommand.CONTRACT_CHECK).printed("runtime contract check passed"))
                .isTrue();
    }

    @Test
    void only_the_last_lines_are_kept_and_none_is_long() throws IOException {
        mix("head -c 100000 /dev/zero | tr '\\0' x; echo; seq 1 1000");

        var run = system().run(CheckoutCommand.MIGRATE);

        assertThat(run.lines()).hasSize(200).endsWith("999", "1000");
        assertThat(run.earlierLines()).isEqualTo(801);
        assertThat(live).hasSize(1001).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(1_000));
    }

    @Test
    void secrets_are_masked_in_lines_and_evidence() throws IOException {
        redactor.hide("correct-horse-battery");
        mix("echo key correct-horse-battery; echo ecto://me:hunter22@db/x");

        var run = system().run(CheckoutCommand.MIGRATE);

        assertThat(run.lines()).containsExactly("key [REDACTED]", "ecto://[REDACTED]@db/x");
        assertThat(live + evidence.toString()).doesNotContain("correct-horse", "hunter22");
    }

    @Test
    void at_the_limit_a_command_ends_with_all_that_it_started() throws IOException {
        var pids = folder.resolve("pids");
        mix("sh -c 'sleep 600 & echo $! >> " + pids + "; echo $$ >> " + pids + "; wait' & echo started; wait");

        var run = runner.run(new CommandRunner.Call(
                "mix test",
                "9.5",
                List.of("mix", "test"),
                Map.of(),
                folder,
                List.of(folder.resolve("bin")),
                Duration.ofSeconds(2)));

        assertThat(run.timedOut()).isTrue();
        assertThat(run.exit()).isEmpty();
        assertThat(run.lines()).containsExactly("started");
        assertThat(run.words()).isEqualTo("not done after 2 s, so it was ended");
        var started = Files.readAllLines(pids).stream().map(Long::valueOf).toList();
        assertThat(started).hasSize(2);
        await().atMost(SOON)
                .until(() -> started.stream()
                        .noneMatch(pid -> ProcessHandle.of(pid)
                                .filter(ProcessHandle::isAlive)
                                .isPresent()));
    }

    @Test
    void without_the_tool_chain_nothing_is_said_about_the_checkout() {
        var bare = new CommandRunner.Call(
                "no-such-mix ci", "8.1", List.of("no-such-mix"), Map.of(), folder, List.of(), Duration.ofSeconds(5));

        assertThatThrownBy(() -> runner.run(bare))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("there is no 'no-such-mix' on the PATH");
    }

    @Test
    void a_drill_script_that_is_not_there_says_nothing_about_the_drills() {
        assertThatThrownBy(() -> system().runDrills())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("does not start in " + folder);
    }

    @Test
    void a_person_can_paste_the_command_with_the_programs_of_the_checkout() throws Exception {
        mix("echo \"here $*\"");

        var run = system().run(CheckoutCommand.CONTRACT_CHECK);

        var shell = new ProcessBuilder("sh", "-c", run.byHand()).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("here runtime.contract.check\n");
    }

    @Test
    void a_folder_that_is_no_checkout_is_named_with_its_setting() {
        var elsewhere = new CheckoutSystem(new Checkout(folder.resolve("bin"), List.of()), runner, evidence::add);

        assertThatThrownBy(() -> elsewhere.run(CheckoutCommand.CI))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("there is no apps/runtime in")
                .hasMessageContaining("systems.checkout.path");
    }

    @Test
    void drills_without_artifacts_are_missed_one_by_one() throws IOException {
        script(
                "apps/runtime/scripts/run-restart-reconnect-chaos-drills.sh",
                "mkdir -p \"$OUTPUT_DIR\"\n"
                        + "printf '{\\n\"case_id\": \"a\",\\n\"status\": \"failed\"}\\n{\"case_id\":\"b\",\"status\":\"passed\"}' "
                        + "> \"$OUTPUT_DIR/results.jsonl\"; exit 1");

        var report = system().runDrills();

        assertThat(report.run().exit()).hasValue(1);
        assertThat(report.results())
                .extracting(DrillReport.Case::id, DrillReport.Case::passed)
                .containsExactly(tuple("a", false), tuple("b", true));
        assertThat(report.missing()).containsExactly("summary.json", "logs/a.log", "logs/b.log", "SUMMARY.md");
    }

    private CheckoutSystem system() {
        return new CheckoutSystem(new Checkout(folder, List.of(folder.resolve("bin"))), runner, evidence::add);
    }

    private void mix(String body) throws IOException {
        script("bin/mix", body);
    }

    private void script(String name, String body) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
