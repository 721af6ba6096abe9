package com.openagents.runbook.system;

import java.time.Duration;
import java.util.Optional;

/**
 * What was waited for and what came of it. Waiting in vain is an answer too; whether it is a failure the check decides.
 *
 * @param what the condition in words, for example {@code an update of runtime.run_summaries}
 * @param limit how long it might take
 * @param took how long it took, or how long was waited in vain
 * @param value what came, empty if nothing did within the limit
 */
public record Awaited<T>(String what, Duration limit, Duration took, Optional<T> value) {
    public boolean came() {
        return value.isPresent();
    }

    /** {@code an update of x came after 120 ms}, {@code an update of x did not come within 5000 ms}. */
    public String words() {
        return came()
                ? what + " came after " + took.toMillis() + " ms"
                : what + " did not come within " + limit.toMillis() + " ms";
    }
}
