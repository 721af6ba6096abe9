package com.openagents.runbook.publish.notify;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import com.openagents.runbook.report.history.Change;
import com.openagents.runbook.report.history.Changes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a run has to tell a receiver: the difference between what it found and what the receiver knows. So whatever was
 * held back or did not arrive is told later, as far as it still holds, and nothing is told twice.
 */
final class Due {
    private final Run run;
    private final Notify policy;
    private final boolean quiet;
    private final UnaryOperator<String> redact;
    private final Map<String, Change> changes = new HashMap<>();

    /** @param now decides whether these are quiet hours */
    Due(Run run, Notify policy, Instant now, UnaryOperator<String> redact) {
        this.run = run;
        this.policy = policy;
        this.quiet = policy.quietHours() != null && policy.quietHours().at(now);
        this.redact = redact;
        Changes.of(run).all().forEach(change -> changes.put(change.scenario().id(), change));
    }

    /**
     * @param changed to be told now
     * @param standing the receiver knows of them, and nobody has seen that they are over
     */
    record Notices(List<Notice> changed, List<Notice> standing) {}

    Notices of(Channel channel, Map<String, Told.Entry> known) {
        var changed = new ArrayList<Notice>();
        var standing = new ArrayList<Notice>();
        for (var scenario : run.scenarios()) {
            var entry = Optional.ofNullable(known.get(scenario.id()));
            var kind = kind(scenario, entry);
            if (kind.isPresent() && !heldBack(kind.get(), scenario, channel)) {
                changed.add(Notice.of(kind.get(), scenario, since(scenario, entry), redact));
            } else if (entry.filter(Told.Entry::delivered).isPresent()) {
                stands(scenario, since(scenario, entry)).ifPresent(standing::add);
            }
        }
        return new Notices(changed, standing);
    }

    private Optional<Notice> stands(ScenarioResult scenario, Instant since) {
        if (failed(scenario)) {
            return Optional.of(Notice.of(Notice.Kind.STILL_FAILING, scenario, since, redact));
        }
        boolean unseen = scenario.verdict() == Verdict.INCOMPLETE || scenario.verdict() == Verdict.ABORTED;
        return unseen
                ? Optional.of(Notice.unseen(scenario, since, since(scenario, Optional.empty()), redact))
                : Optional.empty();
    }

    /** What is not known yet; nothing of what could not be checked. */
    private Optional<Notice.Kind> kind(ScenarioResult scenario, Optional<Told.Entry> entry) {
        if (failed(scenario)) {
            return entry.filter(Told.Entry::delivered)
                    .map(told -> remind(told) ? Optional.of(Notice.Kind.STILL_FAILING) : Optional.<Notice.Kind>empty())
                    .orElse(Optional.of(Notice.Kind.NEW));
        }
        return entry.flatMap(told -> over(scenario));
    }

    private static Optional<Notice.Kind> over(ScenarioResult scenario) {
        return switch (scenario.verdict().word()) {
            case "passed" -> Optional.of(Notice.Kind.FIXED);
            case "waived" -> Optional.of(Notice.Kind.WAIVED);
            default -> Optional.empty();
        };
    }

    private static boolean failed(ScenarioResult scenario) {
        return scenario.verdict() == Verdict.FAILED;
    }

    private boolean remind(Told.Entry told) {
        return policy.remindEvery() != null && told.runs() + 1 >= policy.remindEvery();
    }

    private boolean heldBack(Notice.Kind kind, ScenarioResult scenario, Channel channel) {
        boolean disturbs = !kind.over() || channel.disturbsWhenOver();
        boolean spared = scenario.severity().equals("critical")
                && policy.quietHours() != null
                && policy.quietHours().sparesCritical();
        return quiet && disturbs && !spared;
    }

    private Instant since(ScenarioResult scenario, Optional<Told.Entry> entry) {
        return entry.map(Told.Entry::since)
                .or(() -> Optional.ofNullable(changes.get(scenario.id())).map(Change::since))
                .or(run::started)
                .orElse(Instant.EPOCH);
    }

    /**
     * What the receiver knows afterwards.
     *
     * @param tried what was sent
     * @param arrived whether it arrived, by the id of the scenario
     */
    Map<String, Told.Entry> after(Map<String, Told.Entry> known, List<Notice> tried, Map<String, Boolean> arrived) {
        var after = new HashMap<>(known);
        run.scenarios().stream()
                .filter(Due::failed)
                .forEach(scenario -> after.computeIfPresent(scenario.id(), (id, entry) -> entry.again()));
        for (var notice : tried) {
            boolean delivered = arrived.getOrDefault(notice.scenario(), false);
            if (delivered && notice.change().over()) {
                after.remove(notice.scenario());
            } else if (delivered) {
                after.put(notice.scenario(), new Told.Entry(notice.since(), 0, true));
            } else {
                after.putIfAbsent(notice.scenario(), new Told.Entry(notice.since(), 0, false));
            }
        }
        return after;
    }
}
