package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.prometheus.Receivers;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges where alerts go (runbook 2.2). */
public final class ReceiversAssert extends AbstractAssert<ReceiversAssert, Receivers> {
    ReceiversAssert(Receivers actual) {
        super(actual, ReceiversAssert.class);
    }

    public ReceiversAssert exist() {
        if (actual.urls().isEmpty()) {
            throw new FindingError(new Finding(
                    "Prometheus hands its alerts to an Alertmanager",
                    "it knows none",
                    List.of("alerts that fire stay in Prometheus, and nobody is told"),
                    "2.2",
                    "name the Alertmanager under 'alerting' in the configuration of Prometheus",
                    actual.command()));
        }
        return this;
    }
}
