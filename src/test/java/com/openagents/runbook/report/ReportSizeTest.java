package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
        LargeRecord.write(folder, SCENARIOS, LargeRecord.Seen.ONE_POD);

        assertThat(ReportWriter.write(folder)).isEqualTo(RunVerdict.PASSED);

        assertThat(Files.size(folder.resolve(ReportWriter.HTML))).isLessThan(2 * MEGABYTE);
    }

    @Test
    void equal_evidence_is_written_once() throws IOException {
        LargeRecord.write(folder, SCENARIOS, LargeRecord.Seen.SAME_LOGS);

        ReportWriter.write(folder);

        assertThat(Files.size(folder.resolve(ReportWriter.HTML))).isLessThan(2 * MEGABYTE);
        assertThat(Files.readString(folder.resolve(ReportWriter.JSON))).containsOnlyOnce(LargeRecord.log(3)[1]);
    }

    @Test
    void fifteen_megabytes_of_different_evidence_need_no_large_heap() throws Exception {
        LargeRecord.write(folder, SCENARIOS / 2, LargeRecord.Seen.OWN_LOGS);
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
}
