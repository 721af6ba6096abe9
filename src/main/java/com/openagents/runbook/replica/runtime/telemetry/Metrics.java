package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The registry of one process and its text exposition.
 *
 * <p>Series that rules count are there from the start, at zero: a counter that appears with its first event has no increase
 * to show for it.
 */
public final class Metrics {
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double QUANTILE = 0.95;
    private static final double QUANTILE_ERROR = 0.005;

    // The client insists on a suffix for counters; the service's names end in _count.
    private static final Pattern SUFFIX = Pattern.compile("(?m)^((?:# (?:TYPE|HELP) )?[a-z_]+_count)_total\\b");

    // Definitions that listen to an event nobody emits, or that no serving process emits (contract 11.1, column "fed").
    private static final Set<String> UNFED = Set.of(
            "openagents_runtime_tool_lifecycle",
            "openagents_runtime_tool_lifecycle_duration_ms",
            "openagents_runtime_policy_decision",
            "openagents_runtime_khala_projection_replay",
            "openagents_runtime_provider_breaker_state",
            "openagents_runtime_khala_projection_lag_events",
            "openagents_runtime_sync_replay_lag_events",
            "openagents_runtime_sync_replay_catchup_duration_ms");

    /** As the client library has it. */
    public static final long PERCENTILE_SECONDS = 300;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusRegistry hidden = new PrometheusRegistry();
    private final boolean hidesUnfed;
    private final TelemetryLog log;
    private final long percentileSeconds;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** With every metric of the contract fed. */
    public Metrics() {
        this(false, TelemetryLog.none(), PERCENTILE_SECONDS);
    }

    /**
     * @param hidesUnfed whether metrics that the published service never feeds stay without series (D2, D4)
     * @param log told of what happened, beside counting it
     * @param percentileSeconds how long a percentile looks back
     */
    public Metrics(boolean hidesUnfed, TelemetryLog log, long percentileSeconds) {
        this.hidesUnfed = hidesUnfed;
        this.log = log;
        this.percentileSeconds = percentileSeconds;
    }

    /** @param name without the last part {@code _count} */
    Counter counter(String name, String... labels) {
        return Counter.builder().name(name + "_count").labelNames(labels).register(registry(name));
    }

    /** A summary with the 95th percentile, which rules read as the series of the bare name. */
    Summary summary(String name, String... labels) {
        return Summary.builder()
                .name(name)
                .labelNames(labels)
                .quantile(QUANTILE, QUANTILE_ERROR)
                .maxAgeSeconds(percentileSeconds)
                .register(registry(name));
    }

    Gauge gauge(String name, String... labels) {
        return Gauge.builder().name(name).labelNames(labels).register(registry(name));
    }

    private PrometheusRegistry registry(String name) {
        return hidesUnfed && UNFED.contains(name) ? hidden : registry;
    }

    TelemetryLog log() {
        return log;
    }

    PrometheusRegistry registry() {
        return registry;
    }

    public String expose() {
        var text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return SUFFIX.matcher(text.toString(StandardCharsets.UTF_8)).replaceAll("$1");
    }
}
