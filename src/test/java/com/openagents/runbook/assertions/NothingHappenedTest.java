package com.openagents.runbook.assertions;

import static com.openagents.runbook.assertions.MonitoringAssertions.assertThatAlerts;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatProviderCalls;
import static com.openagents.runbook.assertions.RunbookAssertions.assertThatStreams;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.database.Causes;
import com.openagents.runbook.system.database.IncidentQuestion;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.prometheus.AlertRule;
import com.openagents.runbook.system.prometheus.AlertRules;
import com.openagents.runbook.system.runtime.PodMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Silence is no evidence, except of what must not be there at all. */
class NothingHappenedTest {
    private static final IncidentThresholds LIMITS = IncidentThresholds.DEFAULT;

    @Test
    void what_nobody_did_cannot_have_gone_well() {
        assertThatThrownBy(() ->
                        assertThat(among(IncidentQuestion.RUNS_ENDED_UNSAID, 0)).areNone())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("there were no runs within 15 min")
                .hasMessageContaining("look again under load")
                .hasMessageContaining("psql");
        assertThatThrownBy(() ->
                        assertThat(among(IncidentQuestion.TOOLS_FAILED, 0)).areNoSpike(LIMITS))
                .isInstanceOf(CouldNotCheck.class);
        assertThatThrownBy(() ->
                        assertThat(among(IncidentQuestion.EXECUTORS_LOST, 0)).areFew(LIMITS))
                .isInstanceOf(CouldNotCheck.class);
        assertThatThrownBy(() -> assertThatStreams(new PodMetrics("m", List.of("a"), List.of(), Instant.now(), "curl"))
                        .areNotLeftByClients(LIMITS))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("no stream has ended");
    }

    @Test
    void a_call_that_never_came_to_the_provider_says_nothing_of_it() {
        var denied = new Answer(
                "POST /tools/execute",
                401,
                Map.of(),
                "{\"error\":{\"code\":\"unauthorized\",\"message\":\"no\"}}",
                Duration.ZERO,
                Instant.now(),
                "curl");

        assertThatThrownBy(() ->
                        assertThatProviderCalls(Map.of("runtime-0", denied)).doNotGoOnFailing())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("runtime pod runtime-0 did not ask the provider: answered 401 unauthorized")
                .hasMessageContaining("curl");
    }

    @Test
    void an_alert_is_not_quiet_before_it_could_have_fired() {
        var rule = new AlertRule(
                "A", "g", "up < 1", Duration.ofMinutes(10), Map.of(), Map.of(), "ok", "", "inactive", List.of());
        var now = Instant.now();

        assertThatThrownBy(() -> assertThatAlerts(rules(rule, now.minusSeconds(640), now))
                        .areQuiet(List.of("A"), "4A.2"))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("Prometheus was started 10 min ago, and alert A takes longer to fire")
                .hasMessageContaining("/api/v1/status/runtimeinfo");
        assertThatCode(() -> assertThatAlerts(rules(rule, now.minusSeconds(680), now))
                        .areQuiet(List.of("A"), "4A.2"))
                .doesNotThrowAnyException();
    }

    private static AlertRules rules(AlertRule rule, Instant watchedSince, Instant at) {
        return new AlertRules(List.of(rule), Map.of(), watchedSince, at, "curl 'http://p/api/v1/rules?type=alert'");
    }

    @Test
    void what_was_looked_at_and_what_must_not_be_there_pass() {
        assertThatCode(() ->
                        assertThat(among(IncidentQuestion.RUNS_ENDED_UNSAID, 1)).areNone())
                .doesNotThrowAnyException();
        assertThatCode(() -> assertThat(among(IncidentQuestion.LEASES_STALE, 0)).areNone())
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        assertThat(among(IncidentQuestion.POLICY_DENIALS, 0)).areNotDominatedByOne(LIMITS))
                .doesNotThrowAnyException();
    }

    private static Causes among(IncidentQuestion question, long population) {
        return new Causes(question, LIMITS.window(), population, 0, List.of(), Instant.now(), "psql");
    }
}
