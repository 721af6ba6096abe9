package com.openagents.runbook.replica.runtime.tools;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The circuit breakers of a pod: one for all who ask, or one for each connection (contract 8.3, C4). */
final class Breakers {
    private static final String SHARED = "";

    private final boolean perConnection;
    private final Supplier<CircuitBreaker> make;
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    Breakers(boolean perConnection, Supplier<CircuitBreaker> make) {
        this.perConnection = perConnection;
        this.make = make;
    }

    CircuitBreaker of(String connection) {
        return breakers.computeIfAbsent(perConnection ? connection : SHARED, key -> make.get());
    }
}
