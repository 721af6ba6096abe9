package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.kubernetes.LogTally;
import com.openagents.runbook.system.kubernetes.PodLog;
import com.openagents.runbook.system.kubernetes.RuntimePod;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Judges what the logs of the runtime pods tell (runbook 4A to 4C). */
public final class LogTallyAssert extends AbstractAssert<LogTallyAssert, LogTally> {
    /** Fewer errors than that are looked at one by one. */
    private static final int FEW = 10;

    private static final int MOST_SHOWN = 5;
    private static final String METRICS =
            "take the numbers from /metrics and from the database until the log tells them:"
                    + " the service counts them as telemetry, but nothing writes it down";

    LogTallyAssert(LogTally actual) {
        super(actual, LogTallyAssert.class);
    }

    /** A container that never started has no log; that it did not start is what section 1 finds. */
    public LogTallyAssert canBeRead() {
        var started = actual.logs().stream().filter(PodLog::started).toList();
        if (started.isEmpty()) {
            throw new CouldNotCheck(
                    "no runtime pod has started, so there is no log to read: check the pods first" + " (runbook 1.1)");
        }
        var unread = started.stream()
                .filter(log -> !log.givenUp())
                .filter(log -> log.trouble().isPresent() || !log.previous() && log.lines() == 0)
                .toList();
        if (!unread.isEmpty()) {
            throw finding(
                    "The logs of every runtime pod can be read",
                    unread.size() + " of " + started.size() + (unread.size() == 1 ? " cannot" : " cannot be"),
                    unread.stream()
                            .map(log -> log.name() + "   "
                                    + log.trouble().orElse("not a line within " + Ago.text(actual.since())))
                            .toList(),
                    "3.2",
                    "look at the node of the pod, and whether the pod answers at all",
                    actual.kubectl().command("logs " + unread.get(0).pod() + " --tail=20"));
        }
        areWhollyRead(started.stream().filter(PodLog::givenUp).toList());
        return this;
    }

    /** Each restart within the window left an exit that Kubernetes remembers, and a log that ends before it. */
    public LogTallyAssert explainTheRestartsOf(RuntimePods pods) {
        var restarted = pods.those(pod -> pod.restarts() > 0
                && pod.lastExit()
                        .filter(exit -> exit.at().isBefore(pods.at().minus(actual.since())))
                        .isEmpty());
        var silent = restarted.stream()
                .filter(pod -> pod.lastExit().isEmpty()
                        || actual.logs().stream()
                                .noneMatch(log -> log.pod().equals(pod.name())
                                        && log.previous()
                                        && (log.trouble().isEmpty() || log.givenUp())))
                .toList();
        if (!silent.isEmpty()) {
            throw finding(
                    "Every restart of a runtime pod can be explained",
                    silent.size() + " of " + restarted.size() + (restarted.size() == 1 ? " restart" : " restarts")
                            + " left no log",
                    silent.stream()
                            .map(pod -> pod.name() + "   " + pod.state(pods.at()))
                            .toList(),
                    "3.2",
                    "keep the logs of pods somewhere that outlives them; look at the node and at recent deploys",
                    actual.kubectl().command("logs " + silent.get(0).name() + " --previous"));
        }
        var names = restarted.stream().map(RuntimePod::name).toList();
        areWhollyRead(actual.logs().stream()
                .filter(log -> log.previous() && log.givenUp() && names.contains(log.pod()))
                .toList());
        return this;
    }

    public LogTallyAssert areNotFullOfErrors(int percent) {
        hasLines();
        long errors = actual.level("error");
        if (errors >= FEW && errors * 100 > actual.lines() * percent) {
            throw finding(
                    "At most " + percent + "% of the lines are errors",
                    errors + " of " + actual.lines() + " lines within " + Ago.text(actual.since()) + " are",
                    actual.errors().entrySet().stream()
                            .limit(MOST_SHOWN)
                            .map(error -> error.getValue() + " times   " + error.getKey())
                            .toList(),
                    "3.2",
                    "look for what fails most often, and whether it began with the newest deploy",
                    actual.command() + " | grep '\\[error\\]'");
        }
        areWhollyRead(actual.unread());
        return this;
    }

    public LogTallyAssert tellOfStreams() {
        return tell("streams", LogTally.STREAMS, kind -> kind.startsWith("stream."), "4A.2");
    }

    public LogTallyAssert tellOfLeases() {
        return tell(
                "leases", LogTally.FRAMES, kind -> kind.startsWith("lease.") || kind.startsWith("janitor."), "4B.3");
    }

    public LogTallyAssert tellOfTools() {
        return tell("tools", LogTally.TOOL_CALLS, kind -> kind.startsWith("tool."), "4C.2");
    }

    /**
     * What was asked must have left its outcome in the log. Where nothing of this kind was asked, the log must at least
     * tell of what was; where nothing was asked at all, it has nothing to tell and proves nothing.
     */
    private LogTallyAssert tell(String what, String request, Predicate<String> kind, String statement) {
        hasLines();
        long own = actual.asked(request);
        long all = actual.asked().values().stream().mapToLong(Long::longValue).sum();
        if (all == 0 && actual.told(any -> true) == 0) {
            throw new CouldNotCheck("no stream was opened, no frame taken and no tool called within "
                    + Ago.text(actual.since())
                    + ", so the logs had nothing to tell: look again under load, or widen the"
                    + " window by hand: " + actual.command());
        }
        boolean told = actual.told(own > 0 ? kind : any -> true) > 0;
        if (!told) {
            areWhollyRead(actual.unread());
            throw finding(
                    "The logs tell what happened to " + what,
                    own > 0 ? "they tell nothing of it" : "they tell nothing of what happened to anything",
                    Stream.concat(
                                    actual.asked().entrySet().stream()
                                            .map(entry -> entry.getValue() + " " + entry.getKey()),
                                    actual.logs().stream().map(LogTallyAssert::window))
                            .toList(),
                    statement,
                    METRICS,
                    actual.command() + " | grep -E ' (stream|lease|janitor|tool)\\.'");
        }
        return this;
    }

    /** What was not found may stand in what was not read. */
    private void areWhollyRead(List<PodLog> unread) {
        if (!unread.isEmpty()) {
            throw new CouldNotCheck("not every log was read to its end: "
                    + unread.stream()
                            .map(log -> log.name() + ": " + log.trouble().orElse(""))
                            .collect(Collectors.joining("; "))
                    + "; see by hand: " + actual.command());
        }
    }

    private void hasLines() {
        if (actual.lines() == 0) {
            throw new CouldNotCheck("no runtime pod wrote a line within " + Ago.text(actual.since())
                    + ", or none could be read: see by hand: " + actual.command());
        }
    }

    private static String window(PodLog log) {
        return log.name() + "   " + log.lines() + " lines"
                + log.from()
                        .map(from -> ", " + from + " to "
                                + log.to().map(Instant::toString).orElse(""))
                        .orElse("");
    }

    private static FindingError finding(
            String expected, String seen, List<String> details, String statement, String next, String see) {
        return new FindingError(new Finding(expected, seen, details, statement, next, see));
    }
}
