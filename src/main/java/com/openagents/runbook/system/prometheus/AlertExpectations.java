package com.openagents.runbook.system.prometheus;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What alert rules are held against.
 *
 * @param faster how many times shorter than in the matrix their times are, 1 where rules are as they should be
 * @param documents the folder that runbook links start from
 */
public record AlertExpectations(double faster, Path documents) {

    /** A time of the matrix as it is in this environment. */
    public Duration played(Duration published) {
        return Duration.ofMillis(Math.round(published.toMillis() / faster));
    }
}
