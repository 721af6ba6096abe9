package com.openagents.runbook.assertions;

import com.openagents.runbook.system.prometheus.AlertRules;
import com.openagents.runbook.system.prometheus.QueryAnswer;
import com.openagents.runbook.system.prometheus.Receivers;
import com.openagents.runbook.system.prometheus.Targets;

/** Entry points for what monitors the runtime. */
public final class MonitoringAssertions {
    private MonitoringAssertions() {}

    public static AlertRulesAssert assertThat(AlertRules actual) {
        return new AlertRulesAssert(actual);
    }

    public static TargetsAssert assertThat(Targets actual) {
        return new TargetsAssert(actual);
    }

    public static ReceiversAssert assertThat(Receivers actual) {
        return new ReceiversAssert(actual);
    }

    public static QuietAlertsAssert assertThatAlerts(AlertRules actual) {
        return new QuietAlertsAssert(actual);
    }

    public static SignalAssert assertThatSignal(QueryAnswer actual) {
        return new SignalAssert(actual);
    }
}
