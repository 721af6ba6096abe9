package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.CouldNotCheck;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the logs of all runtime pods (runbook 4A to 4C), every line of the window and not the last ten (A14). */
final class LogReader {
    private static final String SELECTOR = "app=runtime";
    // A large log may take its time as long as it comes.
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    // Who looks for a line that was written just now looks more than once.
    private static final Duration ONE_SILENCE = Duration.ofSeconds(5);
    private static final Duration ONE_LIMIT = Duration.ofSeconds(8);

    private final KubernetesClient client;
    private final Reads reads;

    LogReader(KubernetesClient client, Reads reads) {
        this.client = client;
        this.reads = reads;
    }

    LogTally read(Duration since, String heldAgainst) {
        var pods = reads.ask(
                "list pods",
                () -> Pages.all(
                        client.pods().inNamespace(reads.kubectl().namespace()).withLabelSelector(SELECTOR)));
        var unstarted = new ArrayList<PodLog>();
        var readings = new ArrayList<LogReading>();
        pods.forEach(pod -> pod.getSpec().getContainers().forEach(container -> {
            var status = status(pod, container.getName());
            if (!hasStarted(status)) {
                unstarted.add(unstarted(pod, container.getName(), status));
                return;
            }
            readings.add(reading(pod, container.getName(), false, since));
            if (status.map(ContainerStatus::getRestartCount).orElse(0) > 0) {
                readings.add(reading(pod, container.getName(), true, since));
            }
        }));
        return tally(since, unstarted, readings, heldAgainst);
    }

    /** The lines of a pod's log that hold a text (runbook 3.5). */
    LogMatches find(String pod, String text, Duration since) {
        var log = client.pods()
                .inNamespace(reads.kubectl().namespace())
                .withName(pod)
                .sinceSeconds((int) Math.max(1, since.toSeconds()));
        var lines = reads.ask("get pods/log", () -> matches(pod, text, log::getLogInputStream));
        var arguments = "logs " + pod + " --since=" + since.toSeconds() + "s";
        reads.saw(
                "Lines of the log of " + pod + " with " + text,
                arguments,
                lines.stream().map(line -> Rows.of("line", line)).toList(),
                "at least one",
                Instant.now(),
                "");
        return new LogMatches(pod, text, lines, reads.kubectl().command(arguments) + " | grep -F '" + text + "'");
    }

    private List<String> matches(String pod, String text, Supplier<InputStream> log) {
        var once = new LogReading(new LogReading.Wanted(pod, "", false), log, Optional.of(text));
        var read = new LogReadings(ONE_SILENCE, ONE_LIMIT)
                .readAll(List.of(once))
                .entrySet()
                .iterator()
                .next();
        read.getKey().refusal().ifPresent(refusal -> {
            throw refusal;
        });
        read.getValue().trouble().ifPresent(why -> {
            throw new CouldNotCheck("the log of " + pod + " was not read to its end (" + why
                    + "): read it again, or by hand with " + reads.kubectl().command("logs " + pod));
        });
        return read.getKey().matches();
    }

    private LogTally tally(Duration since, List<PodLog> unstarted, List<LogReading> readings, String heldAgainst) {
        var logs = new ArrayList<PodLog>();
        var counters = new ArrayList<LogCounter>();
        long cut = 0;
        for (var result : new LogReadings(SILENCE, LIMIT).readAll(readings).entrySet()) {
            result.getKey()
                    .refusal()
                    .ifPresent(refusal -> reads.ask("get pods/log", () -> {
                        throw refusal;
                    }));
            logs.add(result.getValue());
            if (result.getValue().lines() > 0) {
                counters.add(result.getKey().counter());
                cut += result.getKey().cut();
            }
        }
        logs.addAll(unstarted);
        logs.sort(Comparator.comparing(PodLog::pod)
                .thenComparing(PodLog::container)
                .thenComparing(PodLog::previous));
        var sum = LogCounter.sum(counters);
        var tally = new LogTally(
                since,
                logs,
                sum.levels().sorted(),
                sum.outcomes(),
                sum.reasons(),
                sum.marks(),
                sum.errors().sorted(),
                sum.asked().sorted(),
                LogCounter.unparsable(counters),
                cut,
                Instant.now(),
                reads.kubectl());
        reads.saw("Logs of the runtime pods", tally.arguments(), LogRows.of(tally), heldAgainst, tally.at(), "");
        return tally;
    }

    private LogReading reading(Pod pod, String container, boolean previous, Duration since) {
        var name = pod.getMetadata().getName();
        return new LogReading(new LogReading.Wanted(name, container, previous), () -> {
            var log = client.pods()
                    .inNamespace(reads.kubectl().namespace())
                    .withName(name)
                    .inContainer(container)
                    .usingTimestamps();
            int seconds = (int) Math.min(Integer.MAX_VALUE, Math.max(1, since.toSeconds()));
            return previous
                    ? log.terminated().sinceSeconds(seconds).getLogInputStream()
                    : log.sinceSeconds(seconds).getLogInputStream();
        });
    }

    private static Optional<ContainerStatus> status(Pod pod, String container) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> container.equals(status.getName()))
                .findFirst();
    }

    private static boolean hasStarted(Optional<ContainerStatus> status) {
        return status.filter(found -> found.getRestartCount() != null && found.getRestartCount() > 0
                        || found.getState() != null
                                && (found.getState().getRunning() != null
                                        || found.getState().getTerminated() != null))
                .isPresent();
    }

    private static PodLog unstarted(Pod pod, String container, Optional<ContainerStatus> status) {
        var reason = status.map(ContainerStatus::getState)
                .map(state -> state.getWaiting())
                .map(waiting -> waiting.getReason())
                .orElse("no node yet");
        return new PodLog(
                pod.getMetadata().getName(),
                container,
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.of("the container has not started: " + reason),
                false,
                false);
    }
}
