package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.HttpMetrics;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What all sync sockets of a process share. */
final class SocketParts {
    private final Hub hub;
    private final Replay replay;
    private final SyncMetrics metrics;
    private final HttpMetrics httpMetrics;
    private final Channel.Settings settings;
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Log log;
    private final boolean statusInverted;
    private final AtomicLong nextSubscription = new AtomicLong();
    private final AtomicLong active = new AtomicLong();

    /** @param statusInverted whether ordinary disconnects count as errors and time-outs as normal (C13) */
    SocketParts(
            Hub hub,
            Replay replay,
            SyncMetrics metrics,
            HttpMetrics httpMetrics,
            Channel.Settings settings,
            Executor threads,
            ScheduledExecutorService timer,
            Log log,
            boolean statusInverted) {
        this.hub = hub;
        this.replay = replay;
        this.metrics = metrics;
        this.httpMetrics = httpMetrics;
        this.settings = settings;
        this.threads = threads;
        this.timer = timer;
        this.log = log;
        this.statusInverted = statusInverted;
    }

    Channel channel(List<String> allowedTopics, Channel.Pusher pusher) {
        var id = "sub_" + nextSubscription.incrementAndGet();
        return new Channel(id, allowedTopics, pusher, replay, metrics, settings);
    }

    Future<?> every(Runnable tick) {
        long interval = settings.heartbeatIntervalMillis();
        return timer.scheduleAtFixedRate(tick, interval, interval, TimeUnit.MILLISECONDS);
    }

    void connected() {
        metrics.connection("connect", "ok", active.incrementAndGet());
    }

    void disconnected(String status) {
        var counted = statusInverted ? inverted(status) : status;
        metrics.connection("disconnect", counted, active.decrementAndGet());
    }

    String timeoutStatus() {
        return "error";
    }

    private static String inverted(String status) {
        return status.equals("normal") ? "error" : "normal";
    }

    void joined(long startedAtNanos) {
        httpMetrics.channelJoined(startedAtNanos);
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedAtNanos);
        log.info("JOINED sync:v1 in " + micros + "µs\n  Parameters: %{}");
    }

    void handled(String event, long startedAtNanos) {
        httpMetrics.channelHandled(event, startedAtNanos);
    }

    Hub hub() {
        return hub;
    }

    Executor threads() {
        return threads;
    }

    Log log() {
        return log;
    }
}
