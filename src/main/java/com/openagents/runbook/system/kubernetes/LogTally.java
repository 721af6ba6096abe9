package com.openagents.runbook.system.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the logs of all runtime pods say of a window of time, counted while they were read.
 *
 * @param logs one for each container, those before a restart too
 * @param levels lines by level
 * @param outcomes for each kind of event, for example {@code stream.session}, how often each outcome came
 * @param reasons for each kind of event, how often each class of reason came
 * @param marks the newest ids of each kind and outcome, newest last
 * @param errors the lines at error level by their text, numbers left out
 * @param asked how often the pods answered each kind of request that leads to events
 * @param unparsable lines that are not in the format of the log
 * @param cut lines that were too long and were read in part
 */
public record LogTally(
        Duration since,
        List<PodLog> logs,
        Map<String, Long> levels,
        Map<String, Map<String, Long>> outcomes,
        Map<String, Map<String, Long>> reasons,
        List<Mark> marks,
        Map<String, Long> errors,
        Map<String, Long> asked,
        long unparsable,
        long cut,
        Instant at,
        Kubectl kubectl) {
    /** The word for streams in {@link #asked}. */
    public static final String STREAMS = "streams opened";
    /** The word for frames in {@link #asked}. */
    public static final String FRAMES = "frames accepted";
    /** The word for tool calls in {@link #asked}. */
    public static final String TOOL_CALLS = "tool calls answered";

    /** Something that happened, to be looked up later; ids that are not known are empty. */
    public record Mark(String what, String outcome, String pod, String runId, String requestId, Instant at) {}

    public LogTally {
        logs = List.copyOf(logs);
        marks = List.copyOf(marks);
    }

    public long lines() {
        return logs.stream().mapToLong(PodLog::lines).sum();
    }

    public long level(String level) {
        return levels.getOrDefault(level, 0L);
    }

    /** How often the logs tell of anything whose kind begins with one of these words. */
    public long told(Predicate<String> kind) {
        return outcomes.entrySet().stream()
                .filter(entry -> kind.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How often pods answered this kind of request. */
    public long asked(String kind) {
        return asked.getOrDefault(kind, 0L);
    }

    /** Logs of started containers that could not be read, or not to their end. */
    public List<PodLog> unread() {
        return logs.stream()
                .filter(log -> log.started() && log.trouble().isPresent())
                .toList();
    }

    /** The command that shows the same lines; without {@code --tail=-1} it would stop at ten a container (A14). */
    public String command() {
        return kubectl.command(arguments());
    }

    String arguments() {
        return "logs -l app=runtime --since=" + since.toSeconds()
                + "s --tail=-1 --prefix --all-containers --timestamps --max-log-requests=" + Math.max(5, logs.size());
    }
}
