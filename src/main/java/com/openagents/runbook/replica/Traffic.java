package com.openagents.runbook.replica;

import com.openagents.runbook.replica.load.Load;
import com.openagents.runbook.replica.load.LoadOptions;
import com.openagents.runbook.replica.load.LoadTarget;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Ordinary traffic, and how far it has come. */
public final class Traffic implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long FIRST_RUNS = 3;
    private static final long MORE_RUNS = 2;

    /** It is the same in every run. */
    private static final long SEED = 20_260_221;

    private final Load load;

    private Traffic(Load load) {
        this.load = load;
    }

    /** Begins it, and returns when the first runs have come to their end. */
    public static Traffic ordinary(LoadTarget target) {
        var load = Load.start(target, LoadOptions.ordinary(SEED).executingTools());
        try {
            var traffic = new Traffic(load);
            traffic.await("the first runs of ordinary traffic to end", FIRST_RUNS);
            return traffic;
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
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
