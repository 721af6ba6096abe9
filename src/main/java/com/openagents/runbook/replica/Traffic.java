package com.openagents.runbook.replica;

import com.openagents.runbook.replica.load.Load;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Ordinary traffic, and how far it has come. */
public final class Traffic implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long FIRST_RUNS = 3;
    private static final long MORE_RUNS = 2;

    private final Load load;

    /** @param load is closed with it */
    public Traffic(Load load) {
        this.load = load;
    }

    /** Returns when the first runs have come to their end. */
    public void awaitFirst() {
        await("the first runs of ordinary traffic to end", FIRST_RUNS);
    }

    void awaitMore() {
        await("ordinary traffic to go on", load.summary().runsFinished() + MORE_RUNS);
    }

    private void await(String what, long runs) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> load.summary().runsFinished() >= runs);
    }

    @Override
    public void close() {
        load.close();
    }
}
