package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Summary;

/** Run streams. Worker streams have no telemetry (contract 3.11). */
public final class StreamMetrics {
    private final TelemetryLog log;
    private final Counter emit;
    private final Summary frames;
    private final Counter session;
    private final Summary duration;
    private final Summary events;
    private final Summary chunks;
    private final Summary wakeups;
    private final Summary polls;

    public StreamMetrics(Metrics metrics) {
        log = metrics.log();
        emit = metrics.counter("openagents_runtime_stream_emit", "event_type", "outcome");
        frames = metrics.summary("openagents_runtime_stream_emit_frames", "event_type", "outcome");
        session = metrics.counter("openagents_runtime_stream_session", "outcome");
        duration = metrics.summary("openagents_runtime_stream_session_duration_ms", "outcome");
        events = metrics.summary("openagents_runtime_stream_session_emitted_events", "outcome");
        chunks = metrics.summary("openagents_runtime_stream_session_emitted_chunks", "outcome");
        wakeups = metrics.summary("openagents_runtime_stream_session_wakeups", "outcome");
        emit.initLabelValues("run.started", "ok");
        emit.initLabelValues("run.finished", "ok");
        session.initLabelValues("tail_timeout");
        session.initLabelValues("client_closed");
        polls = metrics.summary("openagents_runtime_stream_session_polls", "outcome");
    }

    public void emitted(String eventType, String outcome, int frameCount) {
        emit.labelValues(eventType, outcome).inc();
        frames.labelValues(eventType, outcome).observe(frameCount);
    }

    public void session(
            Origin origin,
            String outcome,
            long millis,
            int eventCount,
            int chunkCount,
            int wakeupCount,
            int pollCount) {
        log.info(
                origin,
                "stream.session",
                "outcome",
                outcome,
                "duration_ms",
                String.valueOf(millis),
                "events",
                String.valueOf(eventCount));
        session.labelValues(outcome).inc();
        duration.labelValues(outcome).observe(millis);
        events.labelValues(outcome).observe(eventCount);
        chunks.labelValues(outcome).observe(chunkCount);
        wakeups.labelValues(outcome).observe(wakeupCount);
        polls.labelValues(outcome).observe(pollCount);
    }
}
