package com.openagents.runbook.report;

import com.openagents.runbook.report.history.Change;
import com.openagents.runbook.report.history.Changes;
import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.Track;
import java.util.Comparator;
import java.util.List;

/** How a run stands among the runs before it, as the page shows it; nothing without a history. */
final class HistoryView {
    private static final int MOST_SLOW = 10;
    private static final int MOST_UNSTEADY = 50;
    private static final int PERCENT = 100;

    private final Run run;
    private final EarlierRuns earlier;
    private final List<Track> tracks;

    record ChangeLine(String word, String verdict, String id, String name, String since, String runs) {}

    record UnsteadyLine(String id, String name, String passed, String flips) {}

    record SlowLine(String id, String name, String took, String usually) {}

    HistoryView(Run run) {
        this.run = run;
        this.earlier = run.earlier();
        this.tracks = earlier.runs().isEmpty() ? List.of() : Track.of(run);
    }

    boolean kept() {
        return !earlier.runs().isEmpty() || !earlier.note().isEmpty();
    }

    boolean some() {
        return !tracks.isEmpty();
    }

    String note() {
        return earlier.note();
    }

    String lead() {
        var newest = earlier.runs().get(0);
        return "Compared with " + count(earlier.runs().size(), "earlier run") + " against "
                + run.facts().environment() + ", the newest of " + Times.moment(newest.started()) + " ("
                + newest.verdict().word() + ").";
    }

    List<ChangeLine> changes() {
        return Changes.of(run).all().stream()
                .sorted(Comparator.comparing(Change::kind))
                .map(HistoryView::line)
                .toList();
    }

    boolean hasChanges() {
        return !changes().isEmpty();
    }

    private static ChangeLine line(Change change) {
        var scenario = change.scenario();
        return new ChangeLine(
                change.kind().word(),
                scenario.verdict().word(),
                scenario.id(),
                scenario.name(),
                Times.moment(change.since()),
                Integer.toString(change.runs()));
    }

    /** What always said the same is counted and not listed. */
    String totals() {
        int results = tracks.stream().mapToInt(Track::runs).sum();
        int passed = tracks.stream().mapToInt(Track::passed).sum();
        int flips = tracks.stream().mapToInt(Track::flips).sum();
        int pairs =
                tracks.stream().mapToInt(track -> Math.max(0, track.runs() - 1)).sum();
        long steady = tracks.stream().filter(track -> track.flips() == 0).count();
        return "Over the runs kept, this one included, " + rate(passed, results) + " of the results of these scenarios "
                + "passed, and " + rate(flips, pairs) + " differ from the result before. "
                + steady + " of " + count(tracks.size(), "scenario") + " always said the same.";
    }

    List<UnsteadyLine> unsteady() {
        return tracks.stream()
                .filter(track -> track.flips() > 0)
                .sorted(Comparator.comparingInt(Track::flips).reversed())
                .limit(MOST_UNSTEADY)
                .map(track -> new UnsteadyLine(
                        track.scenario().id(),
                        track.scenario().name(),
                        of(track.passed(), track.runs()),
                        of(track.flips(), track.runs() - 1)))
                .toList();
    }

    boolean hasUnsteady() {
        return !unsteady().isEmpty();
    }

    List<SlowLine> slowest() {
        return tracks.stream()
                .filter(track -> track.scenario().started().isPresent())
                .sorted(Comparator.comparing((Track track) -> track.scenario().took())
                        .reversed())
                .limit(MOST_SLOW)
                .map(track -> new SlowLine(
                        track.scenario().id(),
                        track.scenario().name(),
                        Times.took(track.scenario().took()),
                        track.usually().map(Times::took).orElse("not run before")))
                .toList();
    }

    private static String of(int part, int whole) {
        return part + " of " + whole + " (" + rate(part, whole) + ")";
    }

    /** Only none is 0%, and only all is 100%. */
    private static String rate(int part, int whole) {
        if (part == 0) {
            return "0%";
        }
        int rounded = Math.round((float) PERCENT * part / whole);
        return (part == whole ? PERCENT : Math.max(1, Math.min(rounded, PERCENT - 1))) + "%";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
