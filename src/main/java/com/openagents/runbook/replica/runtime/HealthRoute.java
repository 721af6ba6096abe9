package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;

/**
 * Contract 3.6: says that the process answers, nothing more. Unlike the published service it admits probes, which cannot
 * sign; a signature that is sent is still judged.
 */
final class HealthRoute {
    /** Byte for byte: the one body whose keys are not in alphabetical order. */
    private static final String BODY = "{\"status\":\"ok\",\"version\":\"0.1.0\",\"service\":\"runtime\"}";

    private static final String JSON = "application/json; charset=utf-8";

    private final boolean notReady;

    HealthRoute(RuntimeConfig.Faults faults) {
        notReady = faults.has(ProcessFaults.NOT_READY);
    }

    Route route() {
        return new Route("GET", "/internal/v1/health", Route.Pipeline.PROBE, this::answer);
    }

    private Response answer(Request request) {
        if (notReady && isReadinessProbe(request)) {
            return Response.frameworkError(503, "Service Unavailable");
        }
        return Response.text(200, JSON, BODY);
    }

    private static boolean isReadinessProbe(Request request) {
        return request.header("user-agent")
                .filter(agent -> agent.startsWith("kube-probe/") && agent.endsWith("(readiness)"))
                .isPresent();
    }
}
