package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Summary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tool calls, provider breakers, policy decisions, and parity failures. */
public final class ToolMetrics {
    private static final List<String> STATES = List.of("closed", "open", "half_open");

    private final TelemetryLog log;
    private final Counter lifecycle;
    private final Summary duration;
    private final Gauge breaker;
    private final Counter decision;
    private final Map<String, Summary> sats;
    private final Counter parityFailure;
    private final boolean breakerSeriesStick;

    /** @param breakerSeriesStick whether the series of earlier events keep their last value, as published (D9) */
    public ToolMetrics(Metrics metrics, boolean breakerSeriesStick) {
        this.breakerSeriesStick = breakerSeriesStick;
        log = metrics.log();
        var phases = new String[] {"phase", "result", "state", "error_class"};
        lifecycle = metrics.counter("openagents_runtime_tool_lifecycle", phases);
        lifecycle.initLabelValues("terminal", "succeeded", "succeeded", "none");
        lifecycle.initLabelValues("terminal", "failed", "failed", "exception");
        lifecycle.initLabelValues("terminal", "timeout", "timed_out", "timeout");
        duration = metrics.summary("openagents_runtime_tool_lifecycle_duration_ms", phases);
        breaker = metrics.gauge("openagents_runtime_provider_breaker_state", "provider", "state", "event");
        var decisions = new String[] {"decision", "authorization_mode", "settlement_boundary"};
        decision = metrics.counter("openagents_runtime_policy_decision", decisions);
        for (var decided : List.of("allowed", "denied")) {
            decision.initLabelValues(decided, "delegated_budget", "none");
        }
        sats = Map.of(
                "spent_sats", metrics.summary("openagents_runtime_policy_decision_spent_sats", decisions),
                "reserved_sats", metrics.summary("openagents_runtime_policy_decision_reserved_sats", decisions),
                "remaining_sats", metrics.summary("openagents_runtime_policy_decision_remaining_sats", decisions));
        // Until the first call to the provider that the coding pack has.
        breaker("github", "closed", "success");
        parityFailure =
                metrics.counter("openagents_runtime_parity_failure", "class", "reason_class", "component", "outcome");
    }

    public void lifecycle(String phase, String result, String state, String errorClass) {
        lifecycle.labelValues(phase, result, state, errorClass).inc();
    }

    public void lifecycle(String phase, String result, String state, String errorClass, long millis) {
        lifecycle(phase, result, state, errorClass);
        duration.labelValues(phase, result, state, errorClass).observe(millis);
    }

    /** The end of a tool call. */
    public void ended(Origin origin, String result, String state, String errorClass, long millis) {
        lifecycle("terminal", result, state, errorClass, millis);
        end(origin, "", result, errorClass);
    }

    /**
     * A tool call that was not begun.
     *
     * @param policy the decision, if policy denied it
     */
    public void refused(Origin origin, String errorClass, Optional<Map<String, Object>> policy) {
        lifecycle("run", "failed", "failed", errorClass);
        policy.ifPresent(decision -> denied(origin, decision));
        end(origin, "", "failed", errorClass);
    }

    private void denied(Origin origin, Map<String, Object> decision) {
        var outcome = String.valueOf(decision.get("decision"));
        var reason = String.valueOf(decision.get("reason_code"));
        log.warning(origin, "policy.decision", "outcome", outcome, "reason_class", reason);
    }

    /** A call of a tool pack, answered with this result: how it ended, and the denial if policy stopped it. */
    public void answered(Origin origin, Map<String, Object> result) {
        var reason = String.valueOf(result.get("reason_code"));
        if ("blocked".equals(result.get("state"))) {
            denied(origin, result);
        }
        end(origin, String.valueOf(result.get("provider")), String.valueOf(result.get("state")), reason);
    }

    private void end(Origin origin, String provider, String outcome, String reasonClass) {
        var pairs = new String[] {"provider", provider, "outcome", outcome, "reason_class", reasonClass};
        if (outcome.equals("succeeded")) {
            log.info(origin, "tool.lifecycle", pairs);
        } else {
            log.warning(origin, "tool.lifecycle", pairs);
        }
    }

    /** The state that holds gets 1 and the two others 0. */
    public void breaker(String provider, String state, String event) {
        if (!breakerSeriesStick) {
            for (var earlier : List.of("success", "failure", "half_open", "short_circuit")) {
                STATES.forEach(any -> breaker.remove(provider, any, earlier));
            }
        }
        STATES.forEach(any -> breaker.labelValues(provider, any, event).set(any.equals(state) ? 1 : 0));
    }

    /** @param budget the members spent_sats, reserved_sats and remaining_sats, as far as they are known */
    public void decision(String decided, String mode, String boundary, Map<String, Object> budget) {
        decision.labelValues(decided, mode, boundary).inc();
        sats.forEach((name, summary) -> {
            if (budget.get(name) instanceof Number amount) {
                summary.labelValues(decided, mode, boundary).observe(amount.doubleValue());
            }
        });
    }

    public void parityFailure(String failureClass, String reasonClass, String component, String outcome) {
        parityFailure.labelValues(failureClass, reasonClass, component, outcome).inc();
    }
}
