package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogReadingsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String LINE = "2026-11-24T06:00:00.123456789Z 06:00:00.123 [info] up\n";

    @Test
    void a_log_that_comes_slowly_is_read_to_its_end() {
        var slow = reading(new Drip(12, Duration.ofMillis(500)));

        var log = new LogReadings(Duration.ofSeconds(5), LONG)
                .readAll(List.of(slow))
                .get(slow);

        assertThat(log.trouble()).isEmpty();
        assertThat(log.lines()).isEqualTo(12);
    }

    /** The client answers a close with a reset of the connection, even if another log comes on it by then. */
    @Test
    void a_log_is_closed_only_where_it_is_given_up() {
        var whole = new Drip(2, Duration.ZERO);
        var endless = new Drip(Integer.MAX_VALUE, Duration.ofMillis(20));

        new LogReadings(LONG, Duration.ofMillis(300)).readAll(List.of(reading(whole), reading(endless)));

        assertThat(whole.isClosed()).isFalse();
        assertThat(endless.isClosed()).isTrue();
    }

    @Test
    void a_log_that_stops_coming_is_not_waited_for_and_the_others_are_read() {
        var hung = reading(new Drip(1, LONG));
        var other = reading(new ByteArrayInputStream(LINE.getBytes(StandardCharsets.UTF_8)));

        var logs = new LogReadings(Duration.ofSeconds(3), LONG).readAll(List.of(hung, other));

        assertThat(logs.get(hung).trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("nothing came"));
        assertThat(logs.get(other).lines()).isOne();
    }

    @Test
    void a_log_without_end_is_left_at_the_limit() {
        var endless = reading(new Drip(Integer.MAX_VALUE, Duration.ofMillis(20)));

        var logs = new LogReadings(LONG, Duration.ofMillis(300)).readAll(List.of(endless));

        assertThat(logs.get(endless).trouble()).isPresent();
        assertThat(logs.get(endless).givenUp()).isTrue();
    }

    @Test
    void a_server_that_is_gone_or_throttles_refuses_and_says_nothing_of_the_pod() {
        Stream.of(
                        new KubernetesClientException("connection refused"),
                        new KubernetesClientException("it asks to be left alone for 30 s", 503, null),
                        new KubernetesClientException("slow down", 429, new Status()))
                .forEach(problem -> assertThat(refused(problem).refusal()).contains(problem));

        var ofTheNode = new KubernetesClientException("no route to the node", 500, new Status());
        assertThat(refused(ofTheNode).refusal()).isEmpty();
    }

    private static LogReading refused(KubernetesClientException problem) {
        var reading = new LogReading(new LogReading.Wanted("runtime-0", "runtime", false), () -> {
            throw problem;
        });
        new LogReadings(LONG, LONG).readAll(List.of(reading));
        return reading;
    }

    private static LogReading reading(InputStream log) {
        return new LogReading(new LogReading.Wanted("runtime-0", "runtime", false), () -> log);
    }

    /** So many lines, and a pause before each of them. */
    private static final class Drip extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final Duration pause;
        private int left;

        Drip(int lines, Duration pause) {
            this.left = lines;
            this.pause = pause;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("only whole lines come");
        }

        @Override
        public int read(byte[] block, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            try {
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("closed");
                }
            } catch (InterruptedException interrupted) {
                throw new InterruptedIOException();
            }
            left--;
            var line = LINE.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(line, 0, block, offset, line.length);
            return line.length;
        }

        @Override
        public void close() {
            closed.countDown();
        }

        boolean isClosed() {
            return closed.getCount() == 0;
        }
    }
}
