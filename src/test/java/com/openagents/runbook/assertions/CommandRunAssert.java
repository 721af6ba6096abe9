package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.checkout.CommandRun;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Judges one command in a working copy (runbook 8 and 9). */
public final class CommandRunAssert extends AbstractAssert<CommandRunAssert, CommandRun> {
    private static final int SHOWN_LINES = 15;
    private static final String DATABASE = "The database for OpenAgentsRuntime.Repo has ";

    CommandRunAssert(CommandRun actual) {
        super(actual, CommandRunAssert.class);
    }

    public CommandRunAssert succeeded() {
        if (!actual.succeeded()) {
            throw finding("'" + actual.command() + "' succeeds", actual.words());
        }
        return this;
    }

    public CommandRunAssert printed(String text) {
        if (!actual.printed(text)) {
            throw finding("'" + actual.command() + "' says '" + text + "'", "it does not");
        }
        return this;
    }

    public CommandRunAssert madeOrFoundTheDatabase() {
        if (!actual.printed(DATABASE + "been created") && !actual.printed(DATABASE + "already been created")) {
            throw finding("'" + actual.command() + "' makes the database or finds it", "it says neither");
        }
        return this;
    }

    /** A count of no tests is no success. */
    public CommandRunAssert hasNoFailedTest() {
        var expected = "No test of '" + actual.command() + "' fails";
        var tally = actual.tally().orElseThrow(() -> finding(expected, "it counted no tests: " + actual.words()));
        if (tally.failures() > 0) {
            throw finding(expected, tally.failures() + " of " + tally.tests() + " failed");
        }
        if (tally.tests() == 0) {
            throw finding(expected, "it ran none");
        }
        return this;
    }

    private FindingError finding(String expected, String seen) {
        return new FindingError(new Finding(
                expected,
                seen,
                lastLines(),
                actual.statement(),
                "mend the working copy before it goes further",
                actual.byHand()));
    }

    private List<String> lastLines() {
        var lines = actual.lines().stream().filter(line -> !line.isBlank()).toList();
        var shown = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        return shown.isEmpty()
                ? List.of("it printed nothing")
                : Stream.concat(Stream.of("its last lines:"), shown.stream().map(line -> "  " + line.strip()))
                        .toList();
    }
}
