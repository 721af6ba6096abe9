package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.CouldNotCheck;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
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
    private static final int MOST_MATCHES = 20;
    // A large log may take its time as long as it comes.
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(2);

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
        var lines = reads.ask(
                "get pods/log",
                () -> matches(log::getLogReader, text)
                        .or(() -> matches(log::getLogReader, text))
                        .orElseThrow(() -> new CouldNotCheck("the log of " + pod
                                + " broke off twice while it was read: read it again, or by hand with "
                                + reads.kubectl().command("logs " + pod))));
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

    /** Empty if the connection broke, which it may without a fault of the pod. */
    private static Optional<List<String>> matches(Supplier<Reader> log, String text) {
        try (var reader = new BufferedReader(log.get())) {
            return Optional.of(reader.lines()
                    .filter(line -> line.contains(text))
                    .limit(MOST_MATCHES)
                    .toList());
        } catch (IOException | UncheckedIOException broken) {
            return Optional.empty();
        }
    }

    private LogTally tally(Duration since, List<PodLog> unstarted, List<LogReading> readings, String heldAgainst) {
        var logs = new ArrayList<PodLog>();
        var counters = new ArrayList<LogCounter>();
        long cut = 0;
        for (var result : new LogReadings(SILENCE, LIMIT).readAll(readings).entrySet()) {
            result.getKey()
                    .forbidden()
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
                false);
    }
}
