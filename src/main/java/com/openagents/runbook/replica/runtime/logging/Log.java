package com.openagents.runbook.replica.runtime.logging;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes {@code $time $metadata[$level] $message}; the time is UTC, without a date, and the only metadata is the request id. */
public final class Log {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final PrintStream out;
    private final boolean namesRequests;

    public Log(PrintStream out) {
        this(out, true);
    }

    /** @param namesRequests whether lines hold the id of their request */
    public Log(PrintStream out, boolean namesRequests) {
        this.out = out;
        this.namesRequests = namesRequests;
    }

    public void info(String message) {
        write("", "info", message);
    }

    public void notice(String message) {
        write("", "notice", message);
    }

    public void warning(String message) {
        write("", "warning", message);
    }

    public void error(String message) {
        write("", "error", message);
    }

    public void info(String requestId, String message) {
        write(metadata(requestId), "info", message);
    }

    public void warning(String requestId, String message) {
        write(metadata(requestId), "warning", message);
    }

    public void error(String requestId, String message) {
        write(metadata(requestId), "error", message);
    }

    private String metadata(String requestId) {
        return requestId.isEmpty() || !namesRequests ? "" : "request_id=" + requestId + " ";
    }

    private synchronized void write(String metadata, String level, String message) {
        out.println(LocalTime.now(ZoneOffset.UTC).format(TIME) + " " + metadata + "[" + level + "] " + message);
        out.flush();
    }
}
