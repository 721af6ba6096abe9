package com.openagents.runbook.steps.observability;

import static com.openagents.runbook.assertions.MonitoringAssertions.assertThatAlerts;
import static com.openagents.runbook.assertions.MonitoringAssertions.assertThatSignal;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.prometheus.AlertExpectations;
import com.openagents.runbook.system.prometheus.AlertRule;
import com.openagents.runbook.system.prometheus.AlertRules;
import com.openagents.runbook.system.prometheus.QueryAnswer;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** What alerts and metrics tell about the incidents of section 4. */
@Needs(SystemName.PROMETHEUS)
public final class SignalSteps {
    /** The exit criterion of the playbook for authentication failures (contract 13). */
    private static final int AUTH_PERCENT = 2;

    private static final int TIMEOUT_PERCENT = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Systems systems;
    private final IncidentThresholds limits;
    private final AlertExpectations rules;

    public SignalSteps(Systems systems, IncidentThresholds limits, AlertExpectations rules) {
        this.systems = systems;
        this.limits = limits;
        this.rules = rules;
    }

    private QueryAnswer increase(String by, String selector, String heldAgainst) {
        return systems.prometheus()
                .query(
                        "sum by (" + by + ") (increase(" + selector + "["
                                + limits.window().toSeconds() + "s]))",
                        heldAgainst);
    }

    @Then("no alert of the runtime fires")
    public void noAlertFires() {
        var loaded = watchedLongEnough(known -> known.rules());
        var all = loaded.rules().stream().map(AlertRule::name).toList();
        assertThatAlerts(systems.prometheus().withCauses(loaded, all)).areAllQuiet("3.1");
    }

    @Then("the alerts on socket authentication and on the token mint are quiet")
    public void authAlertsAreQuiet() {
        theseAreQuiet(
                List.of("OpenAgentsRuntimeSyncSocketAuthFailureRatioHigh", "OpenAgentsKhalaTokenMintFailureRatioHigh"),
                "4F.2");
    }

    @Then("the alerts on socket time-outs and on stale cursors are quiet")
    public void socketAlertsAreQuiet() {
        theseAreQuiet(
                List.of("OpenAgentsRuntimeSyncSocketTimeoutRateHigh", "OpenAgentsRuntimeSyncStaleCursorSpike"), "4G.2");
    }

    private void theseAreQuiet(List<String> alerts, String statement) {
        var loaded = watchedLongEnough(known ->
                alerts.stream().flatMap(alert -> known.rule(alert).stream()).toList());
        alerts.stream()
                .flatMap(alert -> loaded.rule(alert).stream())
                .forEach(rule -> systems.prometheus().plot(rule, loaded.at(), shown()));
        assertThatAlerts(systems.prometheus().withCauses(loaded, alerts)).areQuiet(alerts, statement);
    }

    /** A Prometheus that was started just now is waited for, where its rules are quick enough. */
    private AlertRules watchedLongEnough(Function<AlertRules, List<AlertRule>> asked) {
        var loaded = systems.prometheus().rules("not firing");
        var tells = asked.apply(loaded).stream()
                .map(loaded::couldFire)
                .max(Comparator.naturalOrder())
                .orElse(loaded.at());
        if (!tells.isAfter(loaded.at()) || tells.isAfter(loaded.at().plus(PATIENCE))) {
            return loaded;
        }
        Awaitility.await("Prometheus to have watched for as long as its alerts take to fire")
                .atMost(PATIENCE.plusSeconds(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Instant.now().isAfter(tells));
        return systems.prometheus().rules("not firing");
    }

    /** Twice the window that the rules look at, so that a picture shows how it was before. */
    private Duration shown() {
        return rules.played(limits.window().multipliedBy(2));
    }

    @ParameterType("stream completion|lease steals|tool failures|policy denials|circuit breakers")
    public IncidentSignal incidentSignal(String words) {
        return IncidentSignal.valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    @Then("the alert on {incidentSignal} is quiet")
    public void alertIsQuiet(IncidentSignal signal) {
        theseAreQuiet(List.of(signal.alert), signal.statement);
    }

    @Then("hardly any sync token is rejected")
    public void tokensAreAccepted() {
        var metric = "openagents_runtime_sync_socket_auth_count";
        var all = increase("status", metric, "all of them");
        assertThatSignal(increase("reason_class", metric + "{status=\"error\"}", "at most " + AUTH_PERCENT + " %"))
                .stayBelow(
                        AUTH_PERCENT,
                        limits.few(),
                        all,
                        "Sync tokens are accepted",
                        "tokens were rejected",
                        "4F.3",
                        "compare key id, key, issuer and audience of the token mint with those of the pods");
    }

    @Then("hardly any sync socket times out")
    public void socketsLive() {
        var all = increase(
                "action", "openagents_runtime_sync_socket_connection_count{action=\"connect\"}", "all of them");
        assertThatSignal(increase(
                        "status", "openagents_runtime_sync_socket_timeout_count", "at most " + TIMEOUT_PERCENT + " %"))
                .stayBelow(
                        TIMEOUT_PERCENT,
                        limits.few(),
                        all,
                        "Sync sockets live as long as their clients",
                        "sockets timed out",
                        "4G.2",
                        "compare the heartbeat settings with those of the clients; roll back if it follows a deploy");
    }

    /** What an alert of section 4 is on, in the words of the runbook, and the statement that it belongs to. */
    public enum IncidentSignal {
        STREAM_COMPLETION("OpenAgentsRuntimeStreamDoneRatioLow", "4A.2"),
        LEASE_STEALS("OpenAgentsRuntimeLeaseStealRateHigh", "4B.2"),
        TOOL_FAILURES("OpenAgentsRuntimeToolFailureSpike", "4C.2"),
        POLICY_DENIALS("OpenAgentsRuntimePolicyDenialAnomaly", "4D.1"),
        CIRCUIT_BREAKERS("OpenAgentsRuntimeCircuitBreakerOpen", "4E.1");

        private final String alert;
        private final String statement;

        IncidentSignal(String alert, String statement) {
            this.alert = alert;
            this.statement = statement;
        }
    }
}
