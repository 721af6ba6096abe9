package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Summary;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Requests and sockets, by the names of the web framework. Durations are milliseconds, times are since the epoch. */
public final class HttpMetrics {
    private final Summary requestStart;
    private final Summary requestStop;
    private final Summary dispatchStart;
    private final Summary dispatchStop;
    private final Summary dispatchException;
    private final Summary socketConnected;
    private final Summary channelJoined;
    private final Summary channelHandled;
    private final Counter socketDrain;

    public HttpMetrics(Metrics metrics) {
        requestStart = metrics.summary("phoenix_endpoint_start_system_time");
        // Two definitions of the service share this name; with the label, its count is the one that rules divide.
        requestStop = metrics.summary("phoenix_endpoint_stop_duration", "status_class");
        List.of("2xx", "3xx", "4xx", "5xx").forEach(requestStop::initLabelValues);
        dispatchStart = metrics.summary("phoenix_router_dispatch_start_system_time", "route");
        dispatchStop = metrics.summary("phoenix_router_dispatch_stop_duration", "route");
        dispatchException = metrics.summary("phoenix_router_dispatch_exception_duration", "route");
        socketConnected = metrics.summary("phoenix_socket_connected_duration");
        channelJoined = metrics.summary("phoenix_channel_joined_duration");
        channelHandled = metrics.summary("phoenix_channel_handled_in_duration", "event");
        socketDrain = metrics.counter("phoenix_socket_drain");
    }

    public void requestStarted() {
        requestStart.observe(System.currentTimeMillis());
    }

    /** Counted when the headers go out, also for streams. */
    public void requestAnswered(int status, long startedAtNanos) {
        var statusClass = status >= 200 && status < 600 ? status / 100 + "xx" : "unknown";
        requestStop.labelValues(statusClass).observe(millisSince(startedAtNanos));
    }

    /** @param route the pattern of the route, never the path */
    public void dispatched(String route, long startedAtNanos, boolean crashed) {
        double millis = millisSince(startedAtNanos);
        dispatchStart.labelValues(route).observe(System.currentTimeMillis() - millis);
        (crashed ? dispatchException : dispatchStop).labelValues(route).observe(millis);
    }

    public void socketConnected(long startedAtNanos) {
        socketConnected.observe(millisSince(startedAtNanos));
    }

    public void channelJoined(long startedAtNanos) {
        channelJoined.observe(millisSince(startedAtNanos));
    }

    /** @param event one of the channel's own events */
    public void channelHandled(String event, long startedAtNanos) {
        channelHandled.labelValues(event).observe(millisSince(startedAtNanos));
    }

    public void socketsDrained(int count) {
        socketDrain.inc(count);
    }

    private static double millisSince(long startedAtNanos) {
        return (System.nanoTime() - startedAtNanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
