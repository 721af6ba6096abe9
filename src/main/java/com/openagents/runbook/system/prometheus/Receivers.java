package com.openagents.runbook.system.prometheus;

import java.time.Instant;
import java.util.List;

/**
 * The Alertmanagers that a Prometheus hands its alerts to.
 *
 * @param command the command that shows them by hand
 */
public record Receivers(List<String> urls, Instant at, String command) {
    public Receivers {
        urls = List.copyOf(urls);
    }
}
