package com.openagents.runbook.publish.metrics;

import com.openagents.runbook.publish.Courier;
import com.openagents.runbook.publish.NotDelivered;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.system.http.Network;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An OpenTelemetry collector, told by OTLP over HTTP. Names are those of the text file without the unit, which travels
 * beside them, so that a Prometheus behind the collector has the same names as one that reads the file.
 */
final class Collector {
    private Collector() {}

    static void tell(Run run, String url, Map<String, String> headers) throws NotDelivered {
        var exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(url)
                .setTimeout(Courier.PATIENCE)
                .setConnectTimeout(Courier.PATIENCE)
                .setRetryPolicy(null);
        headers.forEach(exporter::addHeader);
        var once = new Once();
        try (var sender = exporter.build();
                var provider = provider(run, once)) {
            measure(RunMetrics.of(run), provider);
            var result = sender.export(once.registration.collectAllMetrics())
                    .join(Courier.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!result.isSuccess()) {
                throw problem(result);
            }
        }
    }

    private static SdkMeterProvider provider(Run run, MetricReader reader) {
        var who = Attributes.of(
                AttributeKey.stringKey("service.name"),
                "openagents-runbook",
                AttributeKey.stringKey("service.version"),
                run.facts().suiteVersion());
        return SdkMeterProvider.builder()
                .setResource(Resource.create(who))
                .registerMetricReader(reader)
                .build();
    }

    private static void measure(List<Metric> metrics, SdkMeterProvider provider) {
        var meter = provider.get("com.openagents.runbook");
        for (var metric : metrics) {
            meter.gaugeBuilder(metric.name())
                    .setDescription(metric.help())
                    .setUnit(metric.inSeconds() ? "s" : "")
                    .buildWithCallback(gauge -> metric.series()
                            .forEach(series -> gauge.record(series.value(), attributes(series.labels()))));
        }
    }

    private static Attributes attributes(Map<String, String> labels) {
        var attributes = Attributes.builder();
        labels.forEach(attributes::put);
        return attributes.build();
    }

    private static NotDelivered problem(CompletableResultCode result) {
        if (result.getFailureThrowable() instanceof HttpExportException failed && failed.getResponse() != null) {
            return NotDelivered.answered(failed.getResponse().getStatusCode(), "");
        }
        var cause = Optional.ofNullable(result.getFailureThrowable()).map(Throwable::getCause);
        return new NotDelivered(
                cause.map(known -> Network.words(known, Courier.PATIENCE)).orElse("it did not take them"), true);
    }

    /** Reads when it is told to, and not from time to time: a run is over when its metrics are known. */
    private static final class Once implements MetricReader {
        private CollectionRegistration registration = CollectionRegistration.noop();

        @Override
        public void register(CollectionRegistration known) {
            registration = known;
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
            return AggregationTemporality.CUMULATIVE;
        }

        @Override
        public CompletableResultCode forceFlush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
