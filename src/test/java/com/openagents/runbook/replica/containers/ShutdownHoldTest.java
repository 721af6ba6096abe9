package com.openagents.runbook.replica.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ShutdownHoldTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Object monitor = new Object();
    private final ShutdownHold hold = new ShutdownHold(monitor, LIMIT);

    @Test
    void others_wait_until_it_is_closed() throws InterruptedException {
        hold.begin();
        var other = other();

        Awaitility.await("the other to wait").atMost(LIMIT).until(() -> other.getState() == Thread.State.BLOCKED);
        hold.close();
        other.join(LIMIT.toMillis());

        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void before_it_begins_nobody_waits() throws InterruptedException {
        var other = other();

        other.join(LIMIT.toMillis());

        assertThat(other.isAlive()).isFalse();
    }

    private Thread other() {
        var other = new Thread(() -> {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        });
        other.start();
        return other;
    }
}
