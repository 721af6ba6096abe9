package com.openagents.runbook.replica.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules do what their matrix says, as the real promtool sees it, and no test of them is for show. */
class AlertRulesTest {
    private static final String RULES = "runtime-alert-rules.yaml";
    private static final AlertRules OURS = AlertRules.read(RuleTests.FOLDER.resolve(RULES));

    private static Path promtool;

    @TempDir
    private Path copy;

    @BeforeAll
    static void find() {
        promtool = Programs.orSkip().promtool();
    }

    @Test
    void every_alert_fires_spares_and_recovers() throws IOException {
        var result = tested(OURS);

        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Test
    void no_alert_can_be_left_out() throws IOException {
        assertThat(tested(RuleTests.none(OURS)).missing()).containsAll(OURS.alerts());
    }

    @Test
    void no_alert_can_fire_at_once() throws IOException {
        assertThat(tested(RuleTests.hasty(OURS)).surplus()).containsAll(OURS.alerts());
    }

    @Test
    void the_published_rules_do_not_do_it() throws IOException {
        var result = tested(AlertRules.published());

        assertThat(result.missing())
                .contains(
                        "OpenAgentsRuntimeHttp5xxRateHigh",
                        "OpenAgentsRuntimePolicyDenialAnomaly",
                        "OpenAgentsRuntimeKhalaProjectionHashMismatchDetected",
                        "OpenAgentsRuntimeSyncSocketAuthFailureRatioHigh",
                        "OpenAgentsKhalaTokenMintFailureRatioHigh");
        assertThat(result.surplus())
                .contains("OpenAgentsRuntimeStreamDoneRatioLow", "OpenAgentsRuntimeExecutorLatencyP95High");
    }

    @Test
    void shorter_windows_are_still_rules() throws IOException {
        var result = tests().promtool(
                        List.of("check", "rules", tests().write(OURS.faster(40)).toString()));

        assertThat(result.output()).contains("16 rules found");
        assertThat(result.exit()).isZero();
        assertThat(OURS.faster(40).text())
                .contains("[7500ms]", "offset 15000ms", "for: \"22500ms\"")
                .doesNotContain("[5m]", "10m]", "15m]");
    }

    @Test
    void the_operator_takes_the_same_rules_in_its_own_object() {
        assertThat(OURS.asPrometheusRule("runtime-alert-rules"))
                .contains("kind: \"PrometheusRule\"", "spec:\n  groups:", "OpenAgentsRuntimeHttp5xxRateHigh");
    }

    private RuleTests.Result tested(AlertRules rules) throws IOException {
        return tests().of(rules);
    }

    private RuleTests tests() {
        return new RuleTests(promtool, copy, RULES, "tests");
    }
}
