package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedRecordTest {
    private static final Path GOLDEN = Path.of("src/test/resources/com/openagents/runbook/report/golden");

    @TempDir
    private Path folder;

    private Path file;
    private final FollowedRecord followed = new FollowedRecord();

    @BeforeEach
    void record() {
        file = folder.resolve(RunRecord.FILE);
    }

    @Test
    void what_was_followed_is_what_the_file_tells() throws IOException {
        var lines = Files.readAllLines(GOLDEN.resolve("finished/run.ndjson"));
        write(lines);
        lines.forEach(this::follow);

        assertThat(followed.read(folder)).usingRecursiveComparison().isEqualTo(RunRecord.read(folder));
    }

    @Test
    void the_file_counts_where_it_is_another_one() throws IOException {
        var lines = Files.readAllLines(GOLDEN.resolve("finished/run.ndjson"));
        lines.forEach(this::follow);
        write(lines.subList(0, lines.size() / 2));

        assertThat(RunRecord.read(folder).verdict()).isEqualTo(RunVerdict.ABORTED);
        assertThat(followed.read(folder)).usingRecursiveComparison().isEqualTo(RunRecord.read(folder));
    }

    @Test
    void what_came_after_it_was_read_is_read_when_it_is_asked_again() throws IOException {
        var lines = Files.readAllLines(GOLDEN.resolve("finished/run.ndjson"));
        var first = lines.subList(0, lines.size() / 2);
        write(first);
        first.forEach(this::follow);
        assertThat(followed.read(folder).verdict()).isEqualTo(RunVerdict.ABORTED);

        write(lines);
        lines.subList(first.size(), lines.size()).forEach(this::follow);

        assertThat(followed.read(folder)).usingRecursiveComparison().isEqualTo(RunRecord.read(folder));
    }

    @Test
    void a_record_that_is_gone_is_a_problem_though_it_was_followed() {
        follow("{}");

        assertThatThrownBy(() -> followed.read(folder)).isInstanceOf(NoSuchFileException.class);
    }

    private void follow(String line) {
        followed.accept(line.getBytes(StandardCharsets.UTF_8));
    }

    private void write(List<String> lines) throws IOException {
        Files.write(file, lines);
    }
}
