package com.openagents.runbook.publish.notify;

import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunVerdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that one run tells one receiver.
 *
 * @param at when the run ended
 * @param link to the report; empty if the environment does not say where reports are found
 * @param changes in the order of the runbook
 * @param standing what was told before and is as it was
 */
record Message(
        String environment,
        String namespace,
        String run,
        RunVerdict verdict,
        Instant at,
        String link,
        List<Notice> changes,
        List<Notice> standing) {
    /** More are a matter for the report, and no service takes a message of any length. */
    static final int MOST_CHANGES = 20;

    /** Of all changes that are shown; Teams takes 28 KB with all that is around them. */
    private static final int MOST_BYTES = 15_000;

    Message {
        changes = List.copyOf(changes);
        standing = List.copyOf(standing);
    }

    static Message of(Run run, String base, Instant at, List<Notice> changes, List<Notice> standing) {
        var id = run.facts().runId();
        return new Message(
                run.facts().environment(),
                run.facts().namespace(),
                id,
                run.verdict(),
                at.truncatedTo(ChronoUnit.SECONDS),
                base.isEmpty() ? "" : base.replaceFirst("/$", "") + "/" + id + "/report.html",
                changes,
                standing);
    }

    /** For example {@code staging: 1 new, 2 fixed}. */
    String title() {
        return environment + ": " + counts();
    }

    String counts() {
        return Arrays.stream(Notice.Kind.values())
                .filter(kind -> count(kind) > 0)
                .map(kind -> count(kind) + " " + kind.word())
                .collect(Collectors.joining(", "));
    }

    private long count(Notice.Kind kind) {
        return changes.stream().filter(notice -> notice.change() == kind).count();
    }

    List<Notice> shown() {
        int shown = 0;
        int bytes = 0;
        for (var notice : changes) {
            bytes += notice.bytes();
            if (shown == MOST_CHANGES || shown > 0 && bytes > MOST_BYTES) {
                break;
            }
            shown++;
        }
        return changes.subList(0, shown);
    }

    /** What is not shown, in words; empty if all is. */
    String more() {
        int more = changes.size() - shown().size();
        return more == 0 ? "" : "and " + more + " more, see the report";
    }

    /** Where the scenario stands in the report; empty if there is no link. */
    String link(Notice notice) {
        return link.isEmpty() ? "" : link + "#" + notice.scenario();
    }
}
