package com.openagents.runbook.publish.metrics;

import com.openagents.runbook.report.Run;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A run in the text format of Prometheus. */
public final class MetricsFile {
    /** The file's name inside the folder of a run. */
    public static final String FILE = "metrics.prom";

    static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private MetricsFile() {}

    /**
     * Writes the metrics of a run; whoever reads the file at the same time sees the whole of it, or of the one before.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Run run, Path file) throws IOException {
        // A collector of text files reads what ends with .prom.
        var draft = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.writeString(draft, text(run));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    static String text(Run run) {
        var all = MetricSnapshots.builder();
        RunMetrics.of(run).forEach(metric -> all.metricSnapshot(snapshot(metric)));
        var out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, all.build());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static GaugeSnapshot snapshot(Metric metric) {
        var gauge = GaugeSnapshot.builder().help(metric.help());
        if (metric.inSeconds()) {
            gauge.name(metric.name() + "_" + Unit.SECONDS).unit(Unit.SECONDS);
        } else {
            gauge.name(metric.name());
        }
        metric.series().forEach(series -> {
            var labels = Labels.builder();
            series.labels().forEach(labels::label);
            gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(labels.build())
                    .value(series.value())
                    .build());
        });
        return gauge.build();
    }
}
