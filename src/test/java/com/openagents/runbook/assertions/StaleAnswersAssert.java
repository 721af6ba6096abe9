package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.sync.StaleAnswer;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** Judges what clients with a stale cursor are told (runbook 4G.3, contract 5.3). */
public final class StaleAnswersAssert extends AbstractAssert<StaleAnswersAssert, List<StaleAnswer>> {
    StaleAnswersAssert(List<StaleAnswer> actual) {
        super(actual, StaleAnswersAssert.class);
    }

    public StaleAnswersAssert askForANewSnapshot() {
        return all(
                "A client with a stale cursor is told to take a new snapshot",
                StaleAnswersAssert::asksForASnapshot,
                answer -> "answered " + answer.refused().words() + ", full resync required: "
                        + answer.refused().part("full_resync_required").orElse("not said"));
    }

    public StaleAnswersAssert letTheClientGoOn() {
        return all(
                "A client that took a new snapshot can go on",
                answer -> answer.again().ok(),
                answer -> "answered " + answer.again().words() + " when it resumed from the head");
    }

    private static boolean asksForASnapshot(StaleAnswer answer) {
        return !answer.refused().ok()
                && answer.refused().code().equals("stale_cursor")
                && answer.refused()
                        .part("full_resync_required")
                        .filter("true"::equals)
                        .isPresent()
                && answer.refused().staleTopics().stream()
                        .anyMatch(topic -> topic.topic().equals(answer.topic()));
    }

    private StaleAnswersAssert all(String expected, Predicate<StaleAnswer> right, Function<StaleAnswer, String> words) {
        if (actual.isEmpty()) {
            throw new CouldNotCheck("no client came back with a stale cursor");
        }
        var wrong = actual.stream().filter(right.negate()).toList();
        if (!wrong.isEmpty()) {
            throw new FindingError(new Finding(
                    expected,
                    "%d of %d answers are wrong".formatted(wrong.size(), actual.size()),
                    wrong.stream()
                            .map(answer -> "%s   topic %s, resumed after %d: %s"
                                    .formatted(answer.pod(), answer.topic(), answer.cursor(), words.apply(answer)))
                            .toList(),
                    "4G.3",
                    "clients miss updates without knowing it: have them take a new snapshot, and see whether retention"
                            + " emptied the topic",
                    wrong.get(0).command()));
        }
        return this;
    }
}
