package com.openagents.runbook.system.database;

import com.openagents.runbook.system.IncidentThresholds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an incident makes one ask the runtime's tables (runbook 4). Each has a file of SQL that defines {@code seen}, what
 * was looked at, and {@code bad}, what is wrong of it with its cause, time and an example.
 */
public enum IncidentQuestion {
    /** Runs that ended and do not say so as their last event, once. */
    RUNS_ENDED_UNSAID("Endings of runs", "runs", true),
    /** Events whose hash chain or sequence is broken. */
    EVENTS_UNLINKED("Chains of run events", "runs", true),
    /** Runs whose summary, which clients are shown, says something else than the run. */
    SUMMARIES_BEHIND("Summaries of ended runs", "summaries of ended runs", true),
    RUNS_CANCELED("Cancel requests", "runs", true),
    EXECUTORS_LOST("Executors lost", "runs", true),
    LEASES_STALE("Leases past their end", "leases of runs that go on", false),
    RUNS_GIVEN_UP("Runs that recovery gave up", "runs that ended", true),
    TOOLS_FAILED("Tool calls that failed", "tool calls", true),
    TOOLS_OVER_TIME("Tool calls past their time budget", "tool calls", true),
    TOOLS_OF_ENDED_RUNS("Tool calls of runs that have ended", "open tool calls", false),
    POLICY_DENIALS("Policy denials", "policy decisions", false),
    BUDGETS_DRAINED("Delegated budgets near their end", "budgets", false),
    BUDGETS_WITHDRAWN("Delegated budgets withdrawn while in use", "budgets in use", false),
    RESERVATIONS_STUCK("Reservations that nobody settles", "open reservations", false),
    LOOPS("Loops detected", "runs", true),
    FALLBACKS_HIDDEN("Fallbacks and their receipts", "fallbacks", true),
    SYNC_ROWS_TOO_OLD("Rows of the sync journal past the horizon", "rows", false),
    SYNC_ROWS_GONE("Documents that the sync journal should still hold", "documents", true);

    /** More causes than that are no answer any more. */
    private static final int MOST_CAUSES = 20;

    private final String title;
    private final String things;
    private final boolean aboutWhatHappened;

    IncidentQuestion(String title, String things, boolean aboutWhatHappened) {
        this.title = title;
        this.things = things;
        this.aboutWhatHappened = aboutWhatHappened;
    }

    public String title() {
        return title;
    }

    /** What is looked at, in the plural. */
    public String things() {
        return things;
    }

    /** Whether nothing can be said where nothing happened; the others ask for what must not be there at all. */
    public boolean isAboutWhatHappened() {
        return aboutWhatHappened;
    }

    /** One line, without a quotation mark, so that it can be pasted into a shell. */
    String sql(IncidentThresholds thresholds) {
        return (definitions()
                        + " select (select count(*) from seen) as population, b.total, b.cause, b.times,"
                        + " to_char(b.since, 'YYYY-MM-DD HH24:MI:SS') as since, b.example from (select 1) as one left join"
                        + " (select cause, count(*) as times, min(at) as since, max(example) as example,"
                        + " sum(count(*)) over () as total from bad group by cause order by 2 desc, 1 limit "
                        + MOST_CAUSES + ") as b on true order by b.times desc, b.cause")
                .replace(":window", interval(thresholds.window()))
                .replace(":stale", interval(thresholds.staleLease()))
                .replace(":budget", interval(thresholds.toolBudget()))
                .replace(":horizon", interval(thresholds.retentionHorizon()))
                .replace(":room", String.valueOf(thresholds.budgetRoom()))
                .replace(":now", "(now() at time zone 'utc')");
    }

    private String definitions() {
        var file = "incident/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sql";
        try (var in = IncidentQuestion.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                    .collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String interval(Duration duration) {
        return "interval '" + duration.toSeconds() + " seconds'";
    }
}
