package com.openagents.runbook.publish.notify;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Courier;
import com.openagents.runbook.publish.Delivery;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.report.history.PastRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs of one environment, each remembered and told as a scheduled one is. */
final class ToldRuns {
    private final History history;
    private final Redactor redactor;
    private final UnaryOperator<String> secrets;

    ToldRuns(Path folder, Redactor redactor, UnaryOperator<String> secrets) {
        this.history = new History(folder, "staging");
        this.redactor = redactor;
        this.secrets = secrets;
    }

    record Outcome(List<Delivery> deliveries, List<String> problems) {}

    Outcome tell(PlayedRun played, Notify notify, Instant now) throws IOException {
        var run = remembering(played);
        var due = due(run, notify, now);
        var deliveries = new Courier(redactor).deliver(due.outgoing());
        var problems = due.settle(deliveries);
        history.append(PastRun.of(run));
        return new Outcome(deliveries, problems);
    }

    /** What a run has to tell that is not told yet. */
    Notifications due(PlayedRun played, Notify notify, Instant now) {
        return due(remembering(played), notify, now);
    }

    private Notifications due(Run run, Notify notify, Instant now) {
        return Notifications.of(run, notify, history, secrets, redactor::redact, now);
    }

    private Run remembering(PlayedRun played) {
        return played.attached(
                        EarlierRuns.MEDIA_TYPE, History.json(history.read()).toString())
                .run();
    }
}
