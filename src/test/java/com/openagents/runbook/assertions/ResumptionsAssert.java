package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Sequence;
import com.openagents.runbook.system.sync.Resumption;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges whether clients go on without a gap after they lost their connection (runbook 4G.4, contract 13 B). */
public final class ResumptionsAssert extends AbstractAssert<ResumptionsAssert, List<Resumption>> {
    ResumptionsAssert(List<Resumption> actual) {
        super(actual, ResumptionsAssert.class);
    }

    /** @throws CouldNotCheck if no client reconnected */
    public ResumptionsAssert haveNoGap() {
        if (actual.isEmpty()) {
            throw new CouldNotCheck("no client lost its connection and came back");
        }
        var wrong = actual.stream()
                .filter(resumption -> !problems(resumption).isEmpty())
                .toList();
        if (!wrong.isEmpty()) {
            throw new FindingError(new Finding(
                    "A client that reconnects goes on without a gap",
                    "%d of %d do not".formatted(wrong.size(), actual.size()),
                    wrong.stream()
                            .flatMap(resumption -> problems(resumption).stream())
                            .toList(),
                    "4G.4",
                    "have clients take a new snapshot, and compare what the pod replays with the rows of"
                            + " runtime.sync_stream_events",
                    wrong.get(0).command()));
        }
        return this;
    }

    private static List<String> problems(Resumption resumption) {
        var problems = new ArrayList<String>();
        problems(resumption, "before the drop", resumption.before(), problems);
        problems(resumption, "after the drop", resumption.after(), problems);
        return problems;
    }

    private static void problems(Resumption resumption, String when, Sequence came, List<String> problems) {
        var where = resumption.pod() + "   topic " + resumption.topic() + ", " + when + ": ";
        came.gaps()
                .forEach(gap ->
                        problems.add(where + "watermarks " + gap.first() + " to " + gap.last() + " are missing"));
        if (!came.inOrder() || !came.repeats().isEmpty()) {
            problems.add(where + "watermarks came twice or out of order");
        }
        if (came.numbers().stream().noneMatch(number -> number >= resumption.head())) {
            problems.add(where + "watermark " + resumption.head() + " did not come");
        }
    }
}
