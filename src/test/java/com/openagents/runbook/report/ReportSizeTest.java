package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that does not fit a mailbox, or a heap, is read by nobody. */
class ReportSizeTest {
    private static final int SCENARIOS = 1_000;
    private static final int MEGABYTE = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void a_thousand_scenarios_fit_into_two_megabytes() throws IOException {
        Files.writeString(
                folder.resolve(RunRecord.FILE),
                record(
                        SCENARIOS,
                        i -> Outcome.passes()
                                .seeing(
                                        "Pod",
                                        "kubernetes",
                                        "kubectl get pods",
                                        "ready",
                                        Map.of("resourceVersion", "" + i),
                                        "pod | ready",
                                        "runtime-" + i + " | True")));

        assertThat(ReportWriter.write(folder)).isEqualTo(RunVerdict.PASSED);

        assertThat(Files.size(folder.resolve(ReportWriter.HTML))).isLessThan(2 * MEGABYTE);
    }

    @Test
    void equal_evidence_is_written_once() throws IOException {
        var log = log(1);
        Files.writeString(
                folder.resolve(RunRecord.FILE),
                record(
                        SCENARIOS,
                        i -> Outcome.passes().seeing("Log", "kubernetes", "kubectl logs", "", Map.of(), log)));

        ReportWriter.write(folder);

        assertThat(Files.size(folder.resolve(ReportWriter.HTML))).isLessThan(2 * MEGABYTE);
        assertThat(Files.readString(folder.resolve(ReportWriter.JSON))).containsOnlyOnce(log[1]);
    }

    @Test
    void fifteen_megabytes_of_different_evidence_need_no_large_heap() throws Exception {
        Files.writeString(
                folder.resolve(RunRecord.FILE),
                record(
                        SCENARIOS / 2,
                        i -> Stream.of(1, 2, 3)
                                .reduce(
                                        Outcome.passes(),
                                        (outcome, part) -> outcome.seeing(
                                                "Log " + part,
                                                "kubernetes",
                                                "kubectl logs",
                                                "",
                                                Map.of(),
                                                log(3 * i + part)),
                                        (one, two) -> two)));
        assertThat(Files.size(folder.resolve(RunRecord.FILE))).isGreaterThan(15 * MEGABYTE);

        assertThat(inHeap("40m")).isZero();

        assertThat(folder.resolve(ReportWriter.HTML)).isNotEmptyFile();
    }

    /** Writes the reports of a folder; runs in a program of its own with a small heap. */
    public static void main(String[] folders) throws IOException {
        ReportWriter.write(Path.of(folders[0]));
    }

    private int inHeap(String size) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx" + size,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReportSizeTest.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        try {
            return process.waitFor(2, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    @FunctionalInterface
    private interface Seen {
        Outcome by(int scenario);
    }

    private static String record(int scenarios, Seen seen) {
        var feature = new StringBuilder("@section-1 @check\nFeature: 1 Daily checks\n");
        var maker = new RecordMaker("2026-11-24T06:00:00Z").runFacts();
        for (int i = 0; i < scenarios; i++) {
            feature.append("""

                      @statement:1.1 @severity:high
                      Scenario: Runtime pod number %1$d is healthy
                        Given runtime pod %1$d
                        And the StatefulSet it belongs to
                        When it has been up for a minute
                        Then it is ready
                        And it is not waiting to start
                        And it did not restart within the last hour
                    """.formatted(i));
            maker.when("runtime pod " + i, seen.by(i));
        }
        return maker.feature("features/01-daily-checks.feature", feature.toString())
                .playAll()
                .finished();
    }

    /** About ten kilobytes that hardly repeat. */
    private static String[] log(int seed) {
        var random = new Random(seed);
        return Stream.concat(
                        Stream.of("line"),
                        IntStream.range(0, 100)
                                .mapToObj(i -> "2026-11-24T06:00:00Z info request_id="
                                        + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong())
                                        + " GET /internal/v1/health in 4 ms"))
                .toArray(String[]::new);
    }
}
