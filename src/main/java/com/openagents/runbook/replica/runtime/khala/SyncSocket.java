package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.config.SyncAuth;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.SocketEndpoint;
import com.openagents.runbook.replica.runtime.khala.JwtVerifier.Rejected;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.sync.Journal;
import com.openagents.runbook.replica.runtime.sync.Topics;
import com.openagents.runbook.replica.runtime.telemetry.HttpMetrics;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The door of the sync socket: origin, protocol version, token (contract 5.1 and 5.5). */
public final class SyncSocket implements SocketEndpoint {
    private static final Response.Body FORBIDDEN = new Response.Body(403, "", new byte[0]);

    private final JwtVerifier verifier;
    private final SyncMetrics metrics;
    private final HttpMetrics httpMetrics;
    private final SocketParts parts;
    private final String publicHost;
    private final boolean logsTokens;
    private final boolean namesRefusals;
    private final Log log;

    public SyncSocket(
            RuntimeConfig config,
            Hub hub,
            Journal journal,
            SyncMetrics metrics,
            HttpMetrics httpMetrics,
            Executor threads,
            ScheduledExecutorService timer,
            Log log) {
        var variables = config.variables();
        var faults = config.faults();
        var settings = new Channel.Settings(
                (int) variables.setting("KHALA_SYNC_REPLAY_BATCH_SIZE", 200),
                variables.setting("KHALA_SYNC_HEARTBEAT_INTERVAL_MS", 15_000),
                variables.setting("KHALA_SYNC_HEARTBEAT_TIMEOUT_MS", 60_000));
        var replay = new Replay(
                journal,
                new SharedPages(hub::notifications),
                metrics,
                faults.has(ProcessFaults.EMPTY_TOPIC_HAS_NO_FLOOR),
                faults.has(ProcessFaults.REPLAY_SKIPS) ? 0 : faults.has(ProcessFaults.REPLAY_REPEATS) ? 2 : 1);
        this.verifier = new JwtVerifier(
                SyncAuth.read(variables), InstantSource.system(), faults.has(ProcessFaults.EXPIRED_TOKENS_ACCEPTED));
        this.metrics = metrics;
        this.httpMetrics = httpMetrics;
        this.publicHost = config.listener().publicHost();
        this.namesRefusals = !faults.has(ProcessFaults.REFUSALS_UNNAMED);
        this.logsTokens = faults.has(ProcessFaults.TOKENS_IN_LOG);
        this.log = log;
        this.parts = new SocketParts(
                hub,
                replay,
                metrics,
                httpMetrics,
                settings,
                threads,
                timer,
                log,
                faults.has(ProcessFaults.DISCONNECT_STATUS_INVERTED));
    }

    @Override
    public String path() {
        return "/socket/websocket";
    }

    @Override
    public Decision judge(Request request) {
        long startedAt = System.nanoTime();
        var origin = request.header("origin");
        if (origin.isPresent() && !isOwnHost(origin.get())) {
            log.error("Could not check origin for Phoenix.Socket transport.\n\nOrigin of the request: " + origin.get());
            return new Decision.Refused(FORBIDDEN);
        }
        var format = format(request.query().getOrDefault("vsn", "1.0.0"));
        if (format.isEmpty()) {
            return new Decision.Refused(FORBIDDEN);
        }
        var scopes = authorize(request.query().get("token"));
        log(scopes.isPresent() ? "CONNECTED TO" : "REFUSED CONNECTION TO", format.get(), request.query(), startedAt);
        if (scopes.isEmpty()) {
            return new Decision.Refused(FORBIDDEN);
        }
        httpMetrics.socketConnected(startedAt);
        var allowed =
                scopes.get().stream().filter(Topics.ALL::contains).distinct().toList();
        return new Decision.Accepted(line -> new Session(line, format.get(), allowed, parts));
    }

    private boolean isOwnHost(String origin) {
        try {
            return publicHost.equalsIgnoreCase(URI.create(origin).getHost());
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }

    private static Optional<Message.Format> format(String version) {
        return switch (version.split("\\.")[0]) {
            case "1" -> Optional.of(Message.Format.V1);
            case "2" -> Optional.of(Message.Format.V2);
            default -> Optional.empty();
        };
    }

    private Optional<List<String>> authorize(String token) {
        try {
            if (token == null) {
                throw new Rejected("missing_token");
            }
            var scopes = verifier.verify(token);
            metrics.auth(true, "authorized");
            return Optional.of(scopes);
        } catch (Rejected rejected) {
            metrics.auth(false, namesRefusals ? rejected.reasonClass() : "unauthorized");
            return Optional.empty();
        }
    }

    private void log(String what, Message.Format format, Map<String, String> parameters, long startedAt) {
        var shown = new TreeMap<>(parameters);
        if (!logsTokens) {
            shown.computeIfPresent("token", (name, token) -> "[FILTERED]");
        }
        var text = shown.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\" => \"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", "));
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedAt);
        log.info(what + " OpenAgentsRuntimeWeb.SyncSocket in " + micros + "µs\n  Transport: :websocket\n  Serializer: "
                + format.serializer() + "\n  Parameters: %{" + text + "}");
    }
}
