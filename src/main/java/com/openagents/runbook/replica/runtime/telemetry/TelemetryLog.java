package com.openagents.runbook.replica.runtime.telemetry;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes what the runbook looks for in the logs (4A to 4C, 4F, 4G), one line each:
 * {@code stream.session outcome=tail_timeout run_id=run_7}. The published service keeps all of it to its telemetry (A15).
 */
public final class TelemetryLog {
    private static final Pattern PLAIN = Pattern.compile("[\\w.:@/+-]+");
    private static final int LONGEST_VALUE = 200;

    private final Log log;
    private final boolean silent;
    private final Sanitizer sanitizer = Sanitizer.intended();

    /** @param silent whether nothing is written, as published */
    public TelemetryLog(Log log, boolean silent) {
        this.log = log;
        this.silent = silent;
    }

    static TelemetryLog none() {
        return new TelemetryLog(
                new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)), true);
    }

    /** @param pairs names and values in turn; what has an empty value is left out */
    void info(Origin origin, String event, String... pairs) {
        if (!silent) {
            log.info(origin.requestId(), line(origin, event, pairs));
        }
    }

    /** As {@link #info}, for what somebody on call looks for. */
    void warning(Origin origin, String event, String... pairs) {
        if (!silent) {
            log.warning(origin.requestId(), line(origin, event, pairs));
        }
    }

    private String line(Origin origin, String event, String... pairs) {
        var line = new StringBuilder(event);
        for (int i = 0; i < pairs.length; i += 2) {
            add(line, pairs[i], pairs[i + 1]);
        }
        add(line, "run_id", origin.runId());
        return line.toString();
    }

    /** Run ids come from callers, so a value can hold anything; it stays one value on one line. */
    private void add(StringBuilder line, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        var clean = sanitizer.text(value);
        var shown = clean.length() > LONGEST_VALUE ? clean.substring(0, LONGEST_VALUE) : clean;
        line.append(' ').append(name).append('=').append(PLAIN.matcher(shown).matches() ? shown : Json.write(shown));
    }
}
