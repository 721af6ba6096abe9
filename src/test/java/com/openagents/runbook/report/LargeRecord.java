package com.openagents.runbook.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The record of a run of many scenarios that all passed, for tests and benchmarks of size. */
public final class LargeRecord {
    private LargeRecord() {}

    /** What a scenario has seen. */
    public enum Seen {
        /** One row, which is the least that a scenario needs to pass. */
        ONE_POD {
            @Override
            Outcome by(int scenario) {
                return Outcome.passes()
                        .seeing(
                                "Pod",
                                "kubernetes",
                                "kubectl get pods",
                                "ready",
                                Map.of("resourceVersion", "" + scenario),
                                "pod | ready",
                                "runtime-" + scenario + " | True");
            }
        },
        /** Three logs of about ten kilobytes, the same in every scenario. */
        SAME_LOGS {
            @Override
            Outcome by(int scenario) {
                return logs(1);
            }
        },
        /** Three logs of about ten kilobytes that no other scenario has seen. */
        OWN_LOGS {
            @Override
            Outcome by(int scenario) {
                return logs(scenario + 1);
            }
        };

        abstract Outcome by(int scenario);

        private static Outcome logs(int seed) {
            return IntStream.of(0, 1, 2)
                    .boxed()
                    .reduce(
                            Outcome.passes(),
                            (outcome, part) -> outcome.seeing(
                                    "Log " + part, "kubernetes", "kubectl logs", "", Map.of(), log(3 * seed + part)),
                            (one, two) -> two);
        }
    }

    /** Writes {@code run.ndjson} into a folder. */
    public static void write(Path folder, int scenarios, Seen seen) {
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
        var record = maker.feature("features/01-daily-checks.feature", feature.toString())
                .playAll()
                .finished();
        try {
            Files.writeString(folder.resolve(RunRecord.FILE), record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code report.html} and no other report. */
    public static void page(Path folder) throws IOException {
        try (var out = Files.newBufferedWriter(folder.resolve(ReportWriter.HTML))) {
            HtmlReport.write(RunRecord.read(folder), out);
        }
    }

    /** About ten kilobytes that hardly repeat; the first line names the column. */
    static String[] log(int seed) {
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
