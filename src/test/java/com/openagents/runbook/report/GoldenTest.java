package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What readers and programs get from three small records. After an intended change, {@code -Dgolden.update=true} writes
 * the files anew; their difference is then part of the review.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/com/openagents/runbook/report/golden");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"finished", "killed", "waived"})
    void a_record_gives_the_reports_it_gave_before(String name) throws IOException {
        var golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden);
            Files.writeString(
                    golden.resolve(RunRecord.FILE),
                    switch (name) {
                        case "killed" -> SampleRecord.killed();
                        case "waived" -> SampleWaivers.record();
                        default -> SampleRecord.finished();
                    });
        }
        Files.copy(golden.resolve(RunRecord.FILE), folder.resolve(RunRecord.FILE));

        ReportWriter.write(folder);

        var page = Files.readString(folder.resolve(ReportWriter.HTML));
        compare(golden.resolve("report.txt"), PageText.of(page).replaceAll("(.{100}\\S*) ", "$1\n") + "\n");
        compare(golden.resolve("junit.xml"), Files.readString(folder.resolve(ReportWriter.JUNIT)));
        compare(golden.resolve("result.json"), Files.readString(folder.resolve(ReportWriter.JSON)));
        compare(golden.resolve("console.txt"), new ConsoleSummary(false).of(RunRecord.read(folder)));
    }

    private static void compare(Path golden, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
