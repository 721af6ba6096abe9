package com.openagents.runbook.replica.load;

import java.time.Duration;

/** How long something took; values not more than a sixteenth too high, zero if nothing was measured. */
public record Percentiles(long count, Duration p50, Duration p95, Duration p99) {}
