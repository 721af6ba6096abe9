package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.runtime.PodMetrics;
import java.util.Comparator;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges how streams ended (runbook 4A.2). That a stream ends because its time is over is the normal end (contract 3.8). */
public final class StreamEndingsAssert extends AbstractAssert<StreamEndingsAssert, PodMetrics> {
    private static final String OUTCOME = "outcome";
    private static final String LEFT = "client_closed";

    StreamEndingsAssert(PodMetrics actual) {
        super(actual, StreamEndingsAssert.class);
    }

    public StreamEndingsAssert areNotLeftByClients(IncidentThresholds thresholds) {
        if (actual.total() == 0) {
            throw new CouldNotCheck("no stream has ended on any pod since it started, so none could be looked at: look"
                    + " again under load. See by hand:\n" + actual.command());
        }
        double left = actual.sum(OUTCOME, LEFT);
        if (left > thresholds.few() && left * 100 > actual.total() * thresholds.share()) {
            throw new FindingError(new Finding(
                    "Streams end because their time is over",
                    "clients left %.0f of %.0f streams, more than %d%%"
                            .formatted(left, actual.total(), thresholds.share()),
                    byPod(),
                    "4A.2",
                    "look between the clients and the dominant pod: time-outs of a proxy, deploys of the client, and whether"
                            + " the pod still sends",
                    actual.command()));
        }
        return this;
    }

    private List<String> byPod() {
        return actual.pods().stream()
                .sorted(Comparator.comparingDouble((String pod) -> -actual.of(pod, OUTCOME, LEFT)))
                .map(pod -> "%s   %.0f left by their client, %.0f at the end of their time, since the pod started"
                        .formatted(pod, actual.of(pod, OUTCOME, LEFT), actual.of(pod, OUTCOME, "tail_timeout")))
                .toList();
    }
}
