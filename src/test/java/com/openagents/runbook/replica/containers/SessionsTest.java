package com.openagents.runbook.replica.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private static final String ENGINE = "unix:///var/run/docker.sock";

    @TempDir
    private Path folder;

    private Sessions sessions;

    @BeforeEach
    void in_a_folder_of_its_own() {
        sessions = new Sessions(folder.resolve("sessions"));
    }

    @Test
    void without_any_nothing_is_left() {
        assertThat(sessions.left(ENGINE)).isEmpty();
    }

    @Test
    void one_whose_process_runs_is_not_left() {
        sessions.begin("mine", ENGINE);

        assertThat(sessions.left(ENGINE)).isEmpty();
        assertThat(sessions.process("mine")).contains(ProcessHandle.current());
    }

    @Test
    void one_whose_process_is_gone_is_left_until_it_is_ended() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        write("theirs", gone.pid() + " " + System.currentTimeMillis() + " " + ENGINE);

        assertThat(sessions.left(ENGINE)).containsExactly("theirs");
        sessions.end("theirs");
        assertThat(sessions.left(ENGINE)).isEmpty();
    }

    @Test
    void another_process_with_the_same_number_is_not_taken_for_it() throws IOException {
        write("theirs", ProcessHandle.current().pid() + " 1000 " + ENGINE);

        assertThat(sessions.left(ENGINE)).containsExactly("theirs");
    }

    @Test
    void one_that_is_being_written_is_not_taken_for_a_dead_one() throws IOException {
        write("theirs", "");

        assertThat(sessions.left(ENGINE)).isEmpty();
    }

    @Test
    void those_of_another_engine_are_left_to_whoever_uses_it() throws IOException {
        write("theirs", ProcessHandle.current().pid() + " 1000 tcp://elsewhere:2375");

        assertThat(sessions.left(ENGINE)).isEmpty();
        assertThat(sessions.left("tcp://elsewhere:2375")).containsExactly("theirs");
    }

    private void write(String session, String text) throws IOException {
        Files.createDirectories(folder.resolve("sessions"));
        Files.writeString(folder.resolve("sessions").resolve(session), text);
    }
}
