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
import java.util.regex.Pattern;

/** The registry of one process and its text exposition. */
public final class Metrics {
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double QUANTILE = 0.95;
    private static final double QUANTILE_ERROR = 0.005;

    // The client insists on a suffix for counters; the service's names end in _count.
    private static final Pattern SUFFIX = Pattern.compile("(?m)^((?:# (?:TYPE|HELP) )?[a-z_]+_count)_total\\b");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** @param name without the last part {@code _count} */
    Counter counter(String name, String... labels) {
        return Counter.builder().name(name + "_count").labelNames(labels).register(registry);
    }

    /** A summary with the 95th percentile, which rules read as the series of the bare name. */
    Summary summary(String name, String... labels) {
        return Summary.builder()
                .name(name)
                .labelNames(labels)
                .quantile(QUANTILE, QUANTILE_ERROR)
                .register(registry);
    }

    Gauge gauge(String name, String... labels) {
        return Gauge.builder().name(name).labelNames(labels).register(registry);
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
