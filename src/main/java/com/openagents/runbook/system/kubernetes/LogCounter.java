package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.Excerpt;
import com.openagents.runbook.system.kubernetes.LogTally.Mark;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts the lines of one log. What it keeps does not grow with the number of lines. */
final class LogCounter {
    static final int MARKS = 5;
    private static final int OPEN_REQUESTS = 1_000;
    private static final int LONGEST_ERROR = 160;
    // With or without a unit. Digits within a longer word may be a secret's, which nobody would know without them.
    private static final Pattern NUMBERS = Pattern.compile("(?<![\\w/+-])\\d+(?=(?:[a-zµ]{1,2})?(?![\\w/+=-]))");
    private static final Pattern ANSWERED = Pattern.compile("(Sent 2\\d\\d|Chunked 200) in .*");
    private static final Map<Pattern, String> REQUESTS = Map.of(
            Pattern.compile("GET /internal/v1/runs/[^/]+/stream"), LogTally.STREAMS,
            Pattern.compile("POST /internal/v1/runs/[^/]+/frames"), LogTally.FRAMES,
            Pattern.compile("POST /internal/v1/tools/execute"), LogTally.TOOL_CALLS);

    private final String pod;
    private final Counts levels = new Counts();
    private final Counts errors = new Counts();
    private final Counts asked = new Counts();
    private final Map<String, Counts> outcomes = new TreeMap<>();
    private final Map<String, Counts> reasons = new TreeMap<>();
    private final Map<String, Deque<Mark>> marks = new TreeMap<>();
    private final Map<String, String> open = new LinkedHashMap<>();
    private long unparsable;

    LogCounter(String pod) {
        this.pod = pod;
    }

    /** @param text a line without the time that Kubernetes puts before it */
    void count(Instant at, String text) {
        var line = LogLine.parse(text);
        if (line.isPresent()) {
            count(at, line.get());
        } else if (!text.isBlank() && !Character.isWhitespace(text.charAt(0))) {
            // What is indented goes on with the line before it.
            unparsable++;
        }
    }

    private void count(Instant at, LogLine line) {
        levels.add(line.level());
        if (line.level().equals("error")) {
            errors.add(Excerpt.of(NUMBERS.matcher(line.message()).replaceAll("N"), LONGEST_ERROR));
            mark(new Mark("error", "logged", pod, "", line.requestId(), at));
        }
        line.event().ifPresentOrElse(event -> event(at, line, event), () -> request(line));
    }

    private void event(Instant at, LogLine line, String event) {
        var pairs = line.pairs();
        var outcome = pairs.getOrDefault("outcome", "unknown");
        outcomes.computeIfAbsent(event, first -> new Counts()).add(outcome);
        if (pairs.containsKey("reason_class")) {
            reasons.computeIfAbsent(event, first -> new Counts()).add(pairs.get("reason_class"));
        }
        mark(new Mark(event, outcome, pod, pairs.getOrDefault("run_id", ""), line.requestId(), at));
    }

    private void mark(Mark mark) {
        if (marks.size() < OPEN_REQUESTS) {
            var kept = marks.computeIfAbsent(mark.what() + " " + mark.outcome(), first -> new ArrayDeque<>());
            kept.addLast(mark);
            if (kept.size() > MARKS) {
                kept.removeFirst();
            }
        }
    }

    /** A request is two lines with the same id: what was asked, and that it was answered. */
    private void request(LogLine line) {
        if (line.requestId().isEmpty()) {
            return;
        }
        // A pattern costs more than all else that is done with a line; most lines are neither.
        if (isAnswer(line.message())) {
            var kind = open.remove(line.requestId());
            if (kind != null) {
                asked.add(kind);
            }
            return;
        }
        if (!line.message().contains(" /internal/v1/")) {
            return;
        }
        REQUESTS.forEach((pattern, kind) -> {
            if (pattern.matcher(line.message()).matches()) {
                open.put(line.requestId(), kind);
            }
        });
        if (open.size() > OPEN_REQUESTS) {
            open.remove(open.keySet().iterator().next());
        }
    }

    private static boolean isAnswer(String message) {
        return (message.startsWith("Sent 2") || message.startsWith("Chunked 200"))
                && ANSWERED.matcher(message).matches();
    }

    /** All counters as one, without what is known of the logs themselves. */
    static Sum sum(Collection<LogCounter> counters) {
        var sum = new Sum(new Counts(), new Counts(), new Counts(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        counters.forEach(sum::add);
        return sum;
    }

    static long unparsable(Collection<LogCounter> counters) {
        return counters.stream().mapToLong(counter -> counter.unparsable).sum();
    }

    record Sum(
            Counts levels,
            Counts errors,
            Counts asked,
            Map<String, Counts> outcomeCounts,
            Map<String, Counts> reasonCounts,
            Map<String, List<Mark>> markLists) {

        private void add(LogCounter counter) {
            levels.add(counter.levels);
            errors.add(counter.errors);
            asked.add(counter.asked);
            merge(outcomeCounts, counter.outcomes);
            merge(reasonCounts, counter.reasons);
            counter.marks.forEach((kind, own) -> markLists.merge(kind, List.copyOf(own), Sum::newest));
        }

        private static void merge(Map<String, Counts> all, Map<String, Counts> own) {
            own.forEach((event, counts) ->
                    all.computeIfAbsent(event, first -> new Counts()).add(counts));
        }

        private static List<Mark> newest(List<Mark> one, List<Mark> other) {
            var both = new ArrayList<>(one);
            both.addAll(other);
            both.sort(Comparator.comparing(Mark::at));
            return List.copyOf(both.subList(Math.max(0, both.size() - MARKS), both.size()));
        }

        Map<String, Map<String, Long>> outcomes() {
            return sorted(outcomeCounts);
        }

        Map<String, Map<String, Long>> reasons() {
            return sorted(reasonCounts);
        }

        List<Mark> marks() {
            return markLists.values().stream().flatMap(List::stream).toList();
        }

        private static Map<String, Map<String, Long>> sorted(Map<String, Counts> counts) {
            return counts.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().sorted(), (a, b) -> a, TreeMap::new));
        }
    }
}
