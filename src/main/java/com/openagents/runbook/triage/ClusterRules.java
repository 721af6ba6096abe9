package com.openagents.runbook.triage;

import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.kubernetes.GateRun;
import com.openagents.runbook.system.kubernetes.RuntimePod;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Kubernetes shows, from what stops the service to what only may. */
final class ClusterRules {
    private static final int MOST_WARNINGS = 2;

    private final Seen seen;
    private final Duration since;

    ClusterRules(Seen seen, Duration since) {
        this.seen = seen;
        this.since = since;
    }

    List<Supplier<Optional<Suspicion>>> inOrder() {
        return List.of(
                this::killedForMemory,
                () -> waiting(
                        reason -> reason.contains("Image"), "cannot pull its image", "cannot pull their image", "6.1"),
                () -> waiting(
                        reason -> reason.contains("CrashLoop"),
                        "crashes when it starts",
                        "crash when they start",
                        "3.2"),
                () -> waiting(reason -> true, "does not start", "do not start", "3.2"),
                this::missingPods,
                this::notReady,
                () -> failed(seen.migration(), "The migration job failed"),
                () -> failed(seen.smoke(), "The smoke job failed"),
                this::unreachedPods,
                this::unfinishedRollout,
                this::restarted,
                this::stuckTerminating);
    }

    /** What explains nothing else; an autoscaler is blind for a moment after every rollout. */
    List<Supplier<Optional<Suspicion>>> last() {
        return List.of(this::blindAutoscaler, this::atMaximum);
    }

    private Optional<Suspicion> killedForMemory() {
        return pods(pod -> pod.lastExit()
                        .filter(exit -> exit.reason().equals("OOMKilled") && isRecent(exit.at()))
                        .isPresent())
                .map(some -> of(some, "was killed for memory", "were killed for memory", "3.2"));
    }

    private Optional<Suspicion> waiting(Predicate<String> reason, String one, String many, String statement) {
        return pods(pod ->
                        pod.waiting().filter(why -> reason.test(why.reason())).isPresent())
                .map(some -> of(some, one, many, statement));
    }

    private Optional<Suspicion> missingPods() {
        return seen.rollout()
                .value()
                .flatMap(rollout -> seen.pods().value().flatMap(pods -> {
                    int there = pods.pods().size();
                    if (rollout.exists() && there >= rollout.wanted()) {
                        return Optional.empty();
                    }
                    var what = rollout.exists()
                            ? there + " of " + rollout.wanted() + " runtime pods are there"
                            : "There is no StatefulSet runtime";
                    var why = rollout.warnings().stream().limit(MOST_WARNINGS).toList();
                    return Optional.of(
                            new Suspicion(what, why, "3.2", rollout.kubectl().command("describe statefulset runtime")));
                }));
    }

    private Optional<Suspicion> notReady() {
        return pods(pod -> !pod.ready() && pod.deletion().isEmpty())
                .map(some -> of(some, "runs and is not ready", "run and are not ready", "3.2"));
    }

    private Optional<Suspicion> failed(Seen.Got<GateRun> run, String what) {
        return run.value()
                .filter(job -> job.exists() && job.outcome() == GateRun.Outcome.FAILED)
                .map(job -> new Suspicion(
                        what,
                        Stream.concat(Stream.of(job.reason()), job.lastWords().lines())
                                .toList(),
                        "3.3",
                        job.kubectl().command("describe job " + job.job())));
    }

    private Optional<Suspicion> unreachedPods() {
        return seen.routing()
                .value()
                .flatMap(routing -> pods(pod ->
                                pod.ready() && !routing.readyPods().contains(pod.name()))
                        .map(some -> of(some, "is ready and gets no traffic", "are ready and get no traffic", "1.1")));
    }

    private Optional<Suspicion> unfinishedRollout() {
        return seen.rollout()
                .value()
                .filter(rollout -> rollout.exists() && rollout.outdated() > 0)
                .map(rollout -> new Suspicion(
                        "The newest rollout has not reached " + rollout.outdated() + " of " + rollout.wanted()
                                + " pods",
                        List.of("update strategy " + rollout.strategy() + ", rolled out "
                                + Ago.text(rollout.rolledOutAt(), rollout.at())),
                        "7.1",
                        rollout.kubectl().command("rollout status statefulset/runtime --timeout=5s")));
    }

    private Optional<Suspicion> restarted() {
        return pods(pod -> pod.lastExit().filter(exit -> isRecent(exit.at())).isPresent())
                .map(some -> of(some, "restarted", "restarted", "3.2"));
    }

    private Optional<Suspicion> stuckTerminating() {
        return seen.pods()
                .value()
                .flatMap(all -> pods(pod -> pod.deletion()
                                .filter(deletion -> deletion.due().isBefore(all.at()))
                                .isPresent())
                        .map(some -> of(some, "should be gone and is not", "should be gone and are not", "3.2")));
    }

    private Optional<Suspicion> blindAutoscaler() {
        return seen.autoscaler()
                .value()
                .filter(scaler -> scaler.exists())
                .flatMap(scaler -> Stream.of("AbleToScale", "ScalingActive")
                        .flatMap(type -> scaler.condition(type).stream())
                        .filter(condition -> !condition.status())
                        .findFirst()
                        .map(condition -> new Suspicion(
                                "The autoscaler cannot work",
                                List.of(condition.reason() + ": " + condition.message()),
                                "1.2",
                                scaler.kubectl().command("describe hpa runtime"))));
    }

    private Optional<Suspicion> atMaximum() {
        return seen.autoscaler()
                .value()
                .filter(scaler -> scaler.exists() && scaler.current() >= scaler.max())
                .map(scaler -> new Suspicion(
                        "The autoscaler is at its maximum of " + scaler.max() + " pods",
                        scaler.utilization().stream()
                                .map(percent -> "CPU at " + percent + "%, aimed at " + scaler.target() + "%")
                                .toList(),
                        "1.2",
                        scaler.kubectl().command("describe hpa runtime")));
    }

    private boolean isRecent(Instant at) {
        return seen.pods()
                .value()
                .filter(pods -> at.isAfter(pods.at().minus(since)))
                .isPresent();
    }

    private Optional<RuntimePods> pods(Predicate<RuntimePod> which) {
        return seen.pods()
                .value()
                .map(all -> new RuntimePods(all.those(which), all.at(), all.kubectl()))
                .filter(some -> !some.pods().isEmpty());
    }

    private Suspicion of(RuntimePods some, String one, String many, String statement) {
        var names = some.pods().stream().map(RuntimePod::name).collect(Collectors.joining(", "));
        var restsOn = new ArrayList<String>();
        some.pods().forEach(pod -> restsOn.add(pod.name() + ": " + pod.state(some.at())));
        some.pods().forEach(pod -> lastWords(pod).ifPresent(restsOn::add));
        some.pods().forEach(pod -> warnings(pod.name()).forEach(restsOn::add));
        seen.rollout()
                .value()
                .filter(rollout -> rollout.exists() && isRecent(rollout.rolledOutAt()))
                .ifPresent(rollout -> restsOn.add("the newest rollout was "
                        + Ago.text(rollout.rolledOutAt(), rollout.at()) + ": " + rollout.image()));
        var first = some.pods().get(0).name();
        return new Suspicion(
                names + " " + (some.pods().size() == 1 ? one : many),
                restsOn,
                statement,
                some.kubectl().command("describe pod " + first));
    }

    /** What a process wrote last before it ended often names the cause. */
    private Optional<String> lastWords(RuntimePod pod) {
        if (pod.restarts() == 0 && pod.lastExit().isEmpty()) {
            return Optional.empty();
        }
        return seen.logs().value().stream()
                .flatMap(logs -> logs.logs().stream())
                .filter(log -> log.pod().equals(pod.name()) && !log.last().isEmpty())
                .filter(log -> log.previous() || pod.waiting().isPresent())
                .findFirst()
                .map(log -> log.name() + " wrote last: " + log.last());
    }

    private List<String> warnings(String pod) {
        return seen.warnings().value().stream()
                .flatMap(events -> events.warnings().stream())
                .filter(warning -> warning.object().equals("Pod " + pod))
                .limit(MOST_WARNINGS)
                .map(warning -> warning.reason() + ": " + warning.message())
                .toList();
    }
}
