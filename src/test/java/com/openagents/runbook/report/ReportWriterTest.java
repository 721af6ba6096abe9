package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    @TempDir
    private Path folder;

    @Test
    void writes_all_reports_beside_the_record_and_nothing_else() throws IOException {
        Files.writeString(folder.resolve(RunRecord.FILE), SampleRecord.finished());

        var verdict = ReportWriter.write(folder);

        assertThat(verdict).isEqualTo(RunVerdict.FAILED);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.ndjson", "report.html", "junit.xml", "result.json");
        }
    }
}
