package com.openagents.runbook.report.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {

    /** One letter for each run: passed, failed, incomplete, not selected, aborted; small if it is waived. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            P F         | new: since 2, 1 runs, worse
            F F         | still failing: since 1, 2 runs
            P F F F     | still failing: since 2, 3 runs
            F P F F     | still failing: since 3, 2 runs
            F I F       | still failing: since 1, 2 runs
            F - F       | still failing: since 1, 2 runs
            F A F       | still failing: since 1, 2 runs
            F P         | fixed: since 1, 1 runs
            P F F P     | fixed: since 2, 2 runs
            F I P       | fixed: since 1, 1 runs
            P I         | newly incomplete: since 2, 1 runs, worse
            F I         | newly incomplete: since 2, 1 runs, worse
            P I I       | still incomplete: since 2, 2 runs
            P I P       | checked again: since 2, 1 runs
            I F         | new: since 2, 1 runs, worse
            - F         | new: since 2, 1 runs, worse
            - I         | newly incomplete: since 2, 1 runs, worse
            P P         | -
            - P         | -
            F A         | -
            P f         | new: since 2, 1 runs
            f F         | still failing: since 1, 2 runs, worse
            P i         | newly incomplete: since 2, 1 runs
            i I         | still incomplete: since 1, 2 runs, worse
            i i         | still incomplete: since 1, 2 runs
            i P         | checked again: since 1, 1 runs
            F i P       | fixed: since 1, 1 runs
            """)
    void a_scenario_changes(String verdicts, String change) {
        var runs = new ArrayList<Run>();
        var letters = verdicts.split(" ");
        for (int i = 0; i < letters.length; i++) {
            runs.add(run(i + 1, letters[i]));
        }
        var earlier = new ArrayList<>(
                runs.subList(0, runs.size() - 1).stream().map(PastRun::of).toList());
        Collections.reverse(earlier);

        var changes = Changes.of(runs.get(runs.size() - 1), earlier).all();

        assertThat(changes.stream().map(ChangesTest::text).toList())
                .isEqualTo(change.equals("-") ? List.of() : List.of(change));
    }

    @Test
    void without_earlier_runs_nothing_changed() {
        assertThat(Changes.of(run(1, "F"), List.of()).all()).isEmpty();
    }

    private static Run run(int day, String letter) {
        var run = PlayedRun.on(day).passes("Another one");
        return switch (letter) {
            case "P" -> run.passes("A pod").run();
            case "F" -> run.fails("A pod").run();
            case "I" -> run.cannotCheck("A pod").run();
            case "f" -> run.fails("A pod").waived("A pod").run();
            case "i" -> run.cannotCheck("A pod").waived("A pod").run();
            case "A" -> run.passes("A pod").killed().run();
            default -> run.run();
        };
    }

    private static String text(Change change) {
        return change.kind().word() + ": since "
                + Integer.parseInt(change.sinceRun().substring(6, 8)) + ", " + change.runs() + " runs"
                + (change.worse() ? ", worse" : "");
    }
}
