package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.sync.FirstHeartbeat;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges when the server's first heartbeat came (runbook 4G.2, contract 5.4). Half as much again is not misconfigured. */
public final class FirstHeartbeatAssert extends AbstractAssert<FirstHeartbeatAssert, FirstHeartbeat> {
    FirstHeartbeatAssert(FirstHeartbeat actual) {
        super(actual, FirstHeartbeatAssert.class);
    }

    /** How long to wait for it before it is too late. */
    public static Duration latest(Duration interval) {
        return interval.multipliedBy(3).dividedBy(2).plusSeconds(1);
    }

    public FirstHeartbeatAssert cameEvery(Duration interval) {
        var heartbeat = actual.heartbeat();
        boolean early = heartbeat.took().compareTo(interval.dividedBy(2)) < 0;
        if (!heartbeat.came() || early) {
            throw new FindingError(new Finding(
                    "The sync socket sends a heartbeat every " + interval.toMillis() + " ms",
                    heartbeat.words(),
                    List.of("clients that hear nothing give the connection up, and come back all at once"),
                    "4G.2",
                    "compare the heartbeat settings of the release that runs with the one before",
                    actual.command()));
        }
        return this;
    }
}
