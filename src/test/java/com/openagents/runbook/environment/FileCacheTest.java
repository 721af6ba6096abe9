package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
    private static final Answer ANSWER = new Answer("pods", Instant.EPOCH);

    @TempDir
    private Path folder;

    private Path input;
    private int worked;

    record Answer(String text, Instant at) {}

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectories(folder.resolve("input"));
        Files.writeString(input.resolve("one.feature"), "Feature: one");
    }

    @Test
    void the_work_is_done_once_while_nothing_changes() {
        assertThat(ask("answer")).isEqualTo(ANSWER);
        assertThat(ask("answer")).isEqualTo(ANSWER);
        assertThat(worked).isEqualTo(1);
    }

    @Test
    void a_file_with_other_contents_is_worked_on_again() throws IOException {
        ask("answer");
        Files.writeString(input.resolve("one.feature"), "Feature: two");
        ask("answer");
        assertThat(worked).isEqualTo(2);
    }

    @Test
    void a_file_that_is_new_or_gone_is_noticed() throws IOException {
        ask("answer");
        var second = Files.writeString(input.resolve("two.feature"), "");
        ask("answer");
        Files.delete(second);
        ask("answer");
        assertThat(worked).as("the third is as the first").isEqualTo(2);
    }

    @Test
    void text_that_moves_from_one_file_to_the_next_is_noticed() throws IOException {
        Files.writeString(input.resolve("two.feature"), "two");
        ask("answer");
        Files.writeString(input.resolve("one.feature"), "Feature: onetwo");
        Files.writeString(input.resolve("two.feature"), "");
        ask("answer");
        assertThat(worked).isEqualTo(2);
    }

    @Test
    void another_question_about_the_same_files_is_another_one() {
        ask("answer of section 1");
        ask("answer of section 2");
        assertThat(worked).isEqualTo(2);
    }

    @Test
    void a_missing_input_is_not_an_empty_one() throws IOException {
        var late = folder.resolve("waivers.yaml");
        new FileCache(kept()).get("answer", List.of(late), Answer.class, this::work);
        Files.writeString(late, "");
        new FileCache(kept()).get("answer", List.of(late), Answer.class, this::work);
        assertThat(worked).isEqualTo(2);
    }

    @Test
    void what_is_damaged_is_worked_out_again() throws IOException {
        ask("answer");
        try (var all = Files.list(kept().orElseThrow())) {
            Files.writeString(all.findFirst().orElseThrow(), "{\"text\": 1");
        }
        assertThat(ask("answer")).isEqualTo(ANSWER);
        assertThat(worked).isEqualTo(2);
    }

    @Test
    void a_problem_is_not_kept() {
        assertThatThrownBy(() -> new FileCache(kept()).get("answer", List.of(input), Answer.class, () -> {
                    throw new EnvironmentProblem(List.of("line 3: expected a name"));
                }))
                .isInstanceOf(EnvironmentProblem.class);
        assertThat(ask("answer")).isEqualTo(ANSWER);
    }

    @Test
    void without_a_folder_it_is_worked_out_each_time() {
        var cache = new FileCache(Optional.empty());
        cache.get("answer", List.of(input), Answer.class, this::work);
        cache.get("answer", List.of(input), Answer.class, this::work);
        assertThat(worked).isEqualTo(2);
    }

    @Test
    void a_folder_that_cannot_be_written_costs_time_only() throws IOException {
        var blocked = Files.writeString(folder.resolve("blocked"), "a file");
        var cache = new FileCache(Optional.of(blocked.resolve("cache")));
        assertThat(cache.get("answer", List.of(input), Answer.class, this::work))
                .isEqualTo(ANSWER);
    }

    private Answer ask(String what) {
        return new FileCache(kept()).get(what, List.of(input), Answer.class, this::work);
    }

    private Optional<Path> kept() {
        return Optional.of(folder.resolve("kept"));
    }

    private Answer work() {
        worked++;
        return ANSWER;
    }
}
