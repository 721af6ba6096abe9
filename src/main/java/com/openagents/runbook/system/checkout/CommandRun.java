package com.openagents.runbook.system.checkout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One run of a command.
 *
 * @param command as a person types it
 * @param statement of the runbook that wants it
 * @param byHand the command with its folder, ready to paste
 * @param limit how long it might take
 * @param took how long it took
 * @param exit its exit code; none if it was ended at the limit
 * @param lines its last lines, standard output and errors as they came, redacted
 * @param earlierLines how many lines came before those
 */
public record CommandRun(
        String command,
        String statement,
        String byHand,
        Instant startedAt,
        Duration limit,
        Duration took,
        OptionalInt exit,
        List<String> lines,
        long earlierLines) {
    private static final Pattern TALLY = Pattern.compile("(\\d+) tests?, (\\d+) failures?.*");
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m");

    /** What ExUnit counted. */
    public record Tally(int tests, int failures) {}

    public CommandRun {
        lines = List.copyOf(lines);
    }

    public boolean timedOut() {
        return exit.isEmpty();
    }

    public boolean succeeded() {
        return exit.isPresent() && exit.getAsInt() == 0;
    }

    /** {@code exit 1 after 3 s}, {@code not done after 300 s}. */
    public String words() {
        return timedOut()
                ? "not done after " + limit.toSeconds() + " s, so it was ended"
                : "exit " + exit.getAsInt() + " after " + took.toSeconds() + " s";
    }

    /** Whether one of the last lines is, without colours and outer spaces, this text. */
    public boolean printed(String text) {
        return lines.stream().map(CommandRun::plain).anyMatch(text::equals);
    }

    /** The newest count of tests, if it printed one. */
    public Optional<Tally> tally() {
        return lines.stream()
                .map(CommandRun::plain)
                .map(TALLY::matcher)
                .filter(matcher -> matcher.matches())
                .map(found -> new Tally(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                .reduce((first, second) -> second);
    }

    private static String plain(String line) {
        return COLOURS.matcher(line).replaceAll("").strip();
    }
}
