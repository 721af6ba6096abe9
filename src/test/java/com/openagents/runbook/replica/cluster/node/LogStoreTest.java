package com.openagents.runbook.replica.cluster.node;

import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.replica.cluster.api.PodLogRequest;
import com.openagents.runbook.replica.cluster.api.PodLogs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {
    private static final String TIME = "2026-03-01T12:00:00.000000005Z";
    private static final Clock CLOCK = Clock.fixed(Instant.parse(TIME), ZoneOffset.UTC);

    private LogStore store;

    /** Takes what comes. */
    private static final class Taken implements PodLogs.Sink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public synchronized void write(byte[] more) {
            bytes.writeBytes(more);
        }

        @Override
        public void end() {
            ended.countDown();
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new LogStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void gives_back_what_was_written() throws Exception {
        write(0, "one\ntwo\nhalf");

        assertThat(read(false, OptionalLong.empty(), OptionalLong.empty(), false))
                .isEqualTo("one\ntwo\nhalf\n");
    }

    @Test
    void gives_the_last_lines_only() throws Exception {
        write(0, "one\ntwo\nthree\n");

        assertThat(read(false, OptionalLong.of(2), OptionalLong.empty(), false)).isEqualTo("two\nthree\n");
        assertThat(read(false, OptionalLong.of(9), OptionalLong.empty(), false)).isEqualTo("one\ntwo\nthree\n");
        assertThat(read(false, OptionalLong.of(0), OptionalLong.empty(), false)).isEmpty();
    }

    @Test
    void stops_at_the_limit_and_tells_the_time() throws Exception {
        write(0, "one\ntwo\n");

        assertThat(read(false, OptionalLong.empty(), OptionalLong.of(6), false)).isEqualTo("one\ntw");
        assertThat(read(false, OptionalLong.of(1), OptionalLong.empty(), true)).isEqualTo(TIME + " two\n");
    }

    @Test
    void a_line_longer_than_the_runtime_takes_comes_back_whole() throws Exception {
        var line = "x".repeat(40_000) + "\n";
        write(0, line);

        assertThat(read(false, OptionalLong.empty(), OptionalLong.empty(), false))
                .isEqualTo(line);
    }

    @Test
    void leaves_out_what_is_older_than_asked_for() throws Exception {
        write(0, "one\n");

        assertThat(read(Optional.of(Instant.parse(TIME)))).isEqualTo("one\n");
        assertThat(read(Optional.of(Instant.parse(TIME).plusNanos(1)))).isEmpty();
    }

    @Test
    void knows_the_run_before_the_last_restart() throws Exception {
        write(0, "first\n");
        assertThatThrownBy(() -> read(true, OptionalLong.empty(), OptionalLong.empty(), false))
                .isInstanceOf(PodLogs.NoSuchLog.class)
                .hasMessageContaining("not found");
        write(1, "second\n");

        assertThat(read(true, OptionalLong.empty(), OptionalLong.empty(), false))
                .isEqualTo("first\n");
        assertThat(read(false, OptionalLong.empty(), OptionalLong.empty(), false))
                .isEqualTo("second\n");
    }

    @Test
    void follows_a_log_until_its_container_ends() throws Exception {
        var file = store.file("ns", "pod", "uid", "main", 0);
        try (var log = new ContainerLog(file, CLOCK)) {
            store.opened(file);
            var taken = new Taken();
            store.read(
                    request(false, OptionalLong.empty(), OptionalLong.empty(), false, Optional.empty(), true), taken);
            log.copy("stdout", stream("one\n"));
            await("first line", () -> taken.text().equals("one\n"));
            log.copy("stdout", stream("two\n"));
            store.closed(file);
            taken.ended.await();
            assertThat(taken.text()).isEqualTo("one\ntwo\n");
        }
    }

    private void write(int restart, String text) throws IOException {
        try (var log = new ContainerLog(store.file("ns", "pod", "uid", "main", restart), CLOCK)) {
            log.copy("stdout", stream(text));
        }
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String read(boolean previous, OptionalLong tail, OptionalLong limit, boolean times) throws Exception {
        return read(request(previous, tail, limit, times, Optional.empty(), false));
    }

    private String read(Optional<Instant> since) throws Exception {
        return read(request(false, OptionalLong.empty(), OptionalLong.empty(), false, since, false));
    }

    private String read(PodLogRequest request) throws Exception {
        var taken = new Taken();
        store.read(request, taken);
        taken.ended.await();
        return taken.text();
    }

    private static PodLogRequest request(
            boolean previous,
            OptionalLong tail,
            OptionalLong limit,
            boolean times,
            Optional<Instant> since,
            boolean follow) {
        return new PodLogRequest("ns", "pod", "main", previous, since, tail, limit, follow, times);
    }
}
