package com.openagents.runbook.publish.notify;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Courier;
import com.openagents.runbook.publish.Delivery;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.Waiver;
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
    private static final String WAIVERS = """
            {"waivers": [{"id": "W1", "scenario": "A pod", "owner": "o", "approver": "a", "ticket": "T-1", "reason": "r",
            "risk": "none", "from": "2026-11-01T00:00:00Z", "until": "2026-12-01T00:00:00Z"}]}""";

    private final History history;
    private final Redactor redactor;
    private final UnaryOperator<String> secrets;

    ToldRuns(Path folder, Redactor redactor, UnaryOperator<String> secrets) {
        this.history = new History(folder, "staging");
        this.redactor = redactor;
        this.secrets = secrets;
    }

    /** A run of a letter: passed, failed, incomplete, waived; with any other, the scenario was not selected. */
    static PlayedRun run(int day, char verdict) {
        var run = PlayedRun.on(day).passes("Another one");
        return switch (verdict) {
            case 'P' -> run.passes("A pod");
            case 'F' -> run.fails("A pod");
            case 'I' -> run.cannotCheck("A pod");
            case 'W' -> run.fails("A pod").attached(Waiver.MEDIA_TYPE, WAIVERS);
            default -> run;
        };
    }

    static Instant at(int day, String time) {
        return Instant.parse("2026-11-%02dT%s:00Z".formatted(day, time));
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
