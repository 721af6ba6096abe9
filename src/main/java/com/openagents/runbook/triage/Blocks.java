package com.openagents.runbook.triage;

import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.alertmanager.HeldAlert;
import com.openagents.runbook.system.kubernetes.GateRun;
import com.openagents.runbook.system.kubernetes.PodLog;
import com.openagents.runbook.triage.Page.Block;
import com.openagents.runbook.triage.Seen.Got;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lays out 3.1 to 3.3: alerts, pods and jobs. What did not answer keeps its place, with the reason. */
final class Blocks {
    private static final int MOST_WARNINGS = 15;

    private final Seen seen;
    private final Duration since;
    private final List<Block> blocks = new ArrayList<>();

    private Blocks(Seen seen, Duration since) {
        this.seen = seen;
        this.since = since;
    }

    static List<Block> of(Seen seen, Duration since) {
        var layout = new Blocks(seen, since);
        layout.alerts();
        layout.pods();
        layout.workload();
        layout.warnings();
        layout.jobs();
        layout.blocks.addAll(TelemetryBlocks.of(seen, since));
        return layout.blocks;
    }

    private void alerts() {
        var rows = new ArrayList<List<String>>();
        var notes = new ArrayList<>(notes(seen.alerts()));
        seen.alerts().value().ifPresent(held -> {
            held.alerts()
                    .forEach(alert -> rows.add(List.of(
                            alert.name(),
                            alert.severity(),
                            alert.state(),
                            String.valueOf(alert.startsAt()),
                            alert.annotations().getOrDefault("summary", ""))));
            notes.add(held.alerts().stream()
                    .map(HeldAlert::startsAt)
                    .min(Instant::compareTo)
                    .map(first -> "Affected since " + first + " (" + Ago.text(first, held.at()) + ")")
                    .orElse("No alert is active"));
        });
        blocks.add(new Block(
                "3.1",
                "Active alerts and the time they affect",
                notes,
                List.of("alert", "severity", "state", "since", "summary"),
                rows));
    }

    private void pods() {
        var rows = new ArrayList<List<String>>();
        seen.pods()
                .value()
                .ifPresent(all -> all.pods()
                        .forEach(pod -> rows.add(List.of(
                                pod.name(),
                                pod.state(all.at()),
                                pod.startedAt()
                                        .map(at -> Ago.text(at, all.at()))
                                        .orElse("not running"),
                                log(pod.name())))));
        blocks.add(new Block(
                "3.2", "Pods", notes(seen.pods(), seen.logs()), List.of("pod", "state", "started", "log"), rows));
    }

    private String log(String pod) {
        return seen.logs().value().stream()
                .flatMap(logs -> logs.logs().stream())
                .filter(log -> log.pod().equals(pod))
                .map(Blocks::log)
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }

    private static String log(PodLog log) {
        return (log.previous() ? "before the restart: " : "") + log.trouble().orElseGet(() -> log.lines() + " lines");
    }

    private void workload() {
        var rows = new ArrayList<List<String>>();
        seen.rollout()
                .value()
                .ifPresent(rollout -> rows.add(List.of(
                        "newest rollout",
                        rollout.exists()
                                ? Ago.text(rollout.rolledOutAt(), rollout.at()) + ", image " + rollout.image() + ", "
                                        + rollout.wanted() + " pods wanted, " + rollout.outdated() + " outdated"
                                : "there is no StatefulSet runtime")));
        seen.routing()
                .value()
                .ifPresent(routing -> rows.add(List.of(
                        "Service",
                        routing.exists()
                                ? "routes to "
                                        + String.join(
                                                ", ",
                                                routing.readyPods().stream()
                                                        .sorted()
                                                        .toList())
                                : "there is none")));
        seen.autoscaler()
                .value()
                .ifPresent(scaler -> rows.add(List.of(
                        "autoscaler",
                        scaler.exists()
                                ? scaler.current() + " of at most " + scaler.max() + " pods, CPU "
                                        + scaler.utilization()
                                                .map(percent -> percent + "%")
                                                .orElse("unknown")
                                : "there is none")));
        blocks.add(new Block(
                "3.2",
                "Rollout, Service, autoscaler",
                notes(seen.rollout(), seen.routing(), seen.autoscaler()),
                List.of("what", "state"),
                rows));
    }

    private void warnings() {
        var rows = new ArrayList<List<String>>();
        var notes = new ArrayList<>(notes(seen.warnings()));
        seen.warnings().value().ifPresent(events -> {
            events.warnings().stream()
                    .limit(MOST_WARNINGS)
                    .forEach(warning -> rows.add(List.of(
                            warning.last() + "",
                            warning.object(),
                            warning.reason(),
                            warning.times() + "",
                            warning.message())));
            notes.add(events.warnings().size() + " within " + Ago.text(since));
        });
        blocks.add(new Block(
                "3.2", "Warning events", notes, List.of("last", "object", "reason", "times", "message"), rows));
    }

    private void jobs() {
        var rows = new ArrayList<List<String>>();
        seen.migration().value().ifPresent(job -> rows.add(row(job)));
        seen.smoke().value().ifPresent(job -> rows.add(row(job)));
        blocks.add(new Block(
                "3.3",
                "Migration and smoke job",
                notes(seen.migration(), seen.smoke()),
                List.of("job", "outcome", "finished", "image", "said"),
                rows));
    }

    private static List<String> row(GateRun job) {
        if (!job.exists()) {
            return List.of(job.job(), "not there: removed after its time to live, or never run", "", "", job.trace());
        }
        return List.of(
                job.job(),
                job.outcome().toString().toLowerCase(Locale.ROOT),
                job.finishedAt().map(at -> Ago.text(at, job.at())).orElse("not yet"),
                job.image(),
                (job.reason() + " " + job.lastWords()).strip());
    }

    static List<String> notes(Got<?>... asked) {
        return Arrays.stream(asked)
                .filter(Got::isMissing)
                .map(got -> "No answer about " + got.what() + ": " + got.why())
                .toList();
    }
}
