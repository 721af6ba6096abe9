package com.openagents.runbook.system.prometheus;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to ask a Prometheus.
 *
 * @param base where it answers; its path, if any, stands before {@code /api}
 * @param token a bearer token where one is needed
 * @param patience how long an answer may take
 */
public record PrometheusAccess(URI base, Optional<Supplier<String>> token, Duration patience) {}
