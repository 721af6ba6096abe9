package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.comms.CommsKernel;
import com.openagents.runbook.replica.runtime.comms.MailProvider;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.RunEvents;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.spend.Authorizations;
import com.openagents.runbook.replica.runtime.spend.Reservations;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import java.time.Duration;
import java.time.InstantSource;

/** What the tool calls of runs are made with on this pod. */
public final class ToolWork {
    private final RuntimeConfig config;
    private final Database database;
    private final RunEvents events;
    private final Sanitizer sanitizer;
    private final ToolMetrics metrics;

    public ToolWork(
            RuntimeConfig config, Database database, RunEvents events, Sanitizer sanitizer, ToolMetrics metrics) {
        this.config = config;
        this.database = database;
        this.events = events;
        this.sanitizer = sanitizer;
        this.metrics = metrics;
    }

    public ToolRunner runner(InFlightTools inFlight) {
        var clock = InstantSource.system();
        var reservations = new Reservations(database, clock, config.faults().has(ProcessFaults.ONLY_TOTAL_LIMIT));
        boolean silent = config.faults().has(ProcessFaults.POLICY_SILENT);
        var settlement = new ToolSettlement(
                new Authorizations(database, clock),
                reservations,
                silent ? (word, mode, boundary, budget) -> {} : metrics::decision);
        return new ToolRunner(database, events, metrics, sanitizer, settlement, inFlight);
    }

    /** The tools, with the comms kernel in front of its two mail providers. */
    public Toolbox toolbox() {
        var variables = config.variables();
        var reset = Duration.ofMillis(variables.setting("COMMS_BREAKER_RESET_TIMEOUT_MS", 30_000));
        var kernel = new CommsKernel(
                new MailProvider("resend", variables.setting("RESEND_BASE_URL", "https://api.resend.com")),
                new MailProvider("postmark", variables.setting("POSTMARK_BASE_URL", "")),
                new CircuitBreaker(reset, InstantSource.system(), metrics),
                config.faults().has(ProcessFaults.FALLBACK_INVISIBLE));
        return new Toolbox().with(CommsKernel.TOOL, kernel);
    }
}
