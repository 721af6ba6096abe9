package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stops calling a provider that keeps failing, per provider and per pod (contract 8.3). Who asks
 * which instance is up to {@link Breakers}.
 */
public final class CircuitBreaker {
    private static final int FAILURE_THRESHOLD = 3;

    private final Duration resetTimeout;
    private final InstantSource clock;
    private final ToolMetrics metrics;
    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

    public CircuitBreaker(Duration resetTimeout, InstantSource clock, ToolMetrics metrics) {
        this.resetTimeout = resetTimeout;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The result of the call, or nothing if the breaker is open and the call was not made. */
    public <T> Optional<T> call(String provider, Callable<T> work) throws Exception {
        if (isOpen(provider)) {
            metrics.breaker(provider, "open", "short_circuit");
            return Optional.empty();
        }
        try {
            var result = work.call();
            breakers.remove(provider);
            metrics.breaker(provider, "closed", "success");
            return Optional.of(result);
        } catch (Exception failure) {
            var state = fail(provider);
            metrics.breaker(provider, state, "failure");
            throw failure;
        }
    }

    private boolean isOpen(String provider) {
        var breaker = breakers.get(provider);
        if (breaker == null || breaker.openedAt() == null) {
            return false;
        }
        if (breaker.openedAt().plus(resetTimeout).isAfter(clock.instant())) {
            return true;
        }
        metrics.breaker(provider, "half_open", "half_open");
        return false;
    }

    private String fail(String provider) {
        var now = clock.instant();
        var breaker = breakers.merge(provider, new Breaker(1, null), (known, one) -> {
            int failures = known.failures() + 1;
            boolean opens = known.openedAt() != null || failures >= FAILURE_THRESHOLD;
            return new Breaker(failures, opens ? now : null);
        });
        return breaker.openedAt() == null ? "closed" : "open";
    }

    private record Breaker(int failures, Instant openedAt) {}
}
