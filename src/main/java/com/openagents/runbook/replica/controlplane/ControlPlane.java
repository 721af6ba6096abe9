package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.auth.NonceStore;
import com.openagents.runbook.replica.runtime.auth.TokenVerifier;
import com.openagents.runbook.replica.runtime.config.Listener;
import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.http.Dispatcher;
import com.openagents.runbook.replica.runtime.http.Gate;
import com.openagents.runbook.replica.runtime.http.HttpListener;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.http.SocketEndpoint;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.HttpMetrics;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.MintMetrics;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One running token mint. It keeps no state, so a request is answered on the thread that reads it. */
public final class ControlPlane implements AutoCloseable {
    /** By how many seconds the clock of the token mint is behind, for drills. */
    public static final String CLOCK_BEHIND = "OA_REPLICA_CLOCK_BEHIND_SECONDS";

    /** A secret that the control plane trusts besides the one of the runtime, for drills. */
    public static final String ALSO_TRUSTED = "OA_REPLICA_ALSO_TRUSTED_SECRET";

    private final HttpListener listener;
    private final Listener where;

    private ControlPlane(Variables variables, Log log) throws InterruptedException {
        var clock = InstantSource.system();
        var metrics = new Metrics();
        // Not shown: these names are the runtime's, and its alerts must not count what the control plane answers.
        var httpMetrics = new HttpMetrics(new Metrics());
        var tokens = new TokenRoutes(
                ApiTokens.read(variables),
                new TokenMint(MintConfig.sync(variables)),
                new TokenMint(MintConfig.khala(variables)),
                new MintMetrics(metrics),
                behind(clock, variables.number(CLOCK_BEHIND, 0)));
        var routes = new ArrayList<>(tokens.routes());
        routes.add(new SecretRoutes(variables, clock).route());
        routes.add(new Route(
                "GET", "/up", Route.Pipeline.OPEN, request -> Response.json(200, Json.object("status", "ok"))));
        routes.add(new Route(
                "GET",
                "/metrics",
                Route.Pipeline.OPEN,
                request -> Response.text(200, Metrics.CONTENT_TYPE, metrics.expose())));
        // No route of this program is behind the internal API's signature, so the secret is one nobody knows.
        var verifier = new TokenVerifier(List.of(UUID.randomUUID().toString()), new NonceStore(false), clock);
        var gate = new Gate(verifier, () -> false, true);
        var dispatcher = new Dispatcher(routes, gate, Runnable::run, httpMetrics, log);
        where = new Listener(
                true,
                variables.find("POD_IP"),
                variables.number("PORT", 8080),
                "localhost",
                "control-plane",
                1_000,
                60_000);
        listener = HttpListener.open(where, dispatcher, new NoSocket(), Runnable::run, httpMetrics, log);
    }

    /** @throws InterruptedException if interrupted while the port is opened */
    public static ControlPlane start(Variables variables, Log log) throws InterruptedException {
        return new ControlPlane(variables, log);
    }

    private static InstantSource behind(InstantSource clock, int seconds) {
        return () -> clock.instant().minusSeconds(seconds);
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public void close() {
        try {
            listener.drain(where.drainMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class NoSocket implements SocketEndpoint {
        @Override
        public String path() {
            return "/socket/websocket";
        }

        @Override
        public Decision judge(Request request) {
            return new Decision.Refused((Response.Body) Response.frameworkError(404, "Not Found"));
        }
    }
}
