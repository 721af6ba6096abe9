package com.openagents.runbook.replica.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    @TempDir
    private Path folder;

    private Sessions sessions;

    @BeforeEach
    void in_a_folder_of_its_own() {
        sessions = new Sessions(folder.resolve("sessions"));
    }

    @Test
    void without_any_nothing_is_left() {
        assertThat(sessions.left()).isEmpty();
    }

    @Test
    void one_whose_process_runs_is_not_left() {
        sessions.begin("mine");

        assertThat(sessions.left()).isEmpty();
        assertThat(sessions.process("mine")).contains(ProcessHandle.current());
    }

    @Test
    void one_whose_process_is_gone_is_left_until_it_is_ended() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        write("theirs", gone.pid() + " " + System.currentTimeMillis());

        assertThat(sessions.left()).containsExactly("theirs");
        sessions.end("theirs");
        assertThat(sessions.left()).isEmpty();
    }

    @Test
    void another_process_with_the_same_number_is_not_taken_for_it() throws IOException {
        write("theirs", ProcessHandle.current().pid() + " 1000");

        assertThat(sessions.left()).containsExactly("theirs");
    }

    private void write(String session, String text) throws IOException {
        Files.createDirectories(folder.resolve("sessions"));
        Files.writeString(folder.resolve("sessions").resolve(session), text);
    }
}
