package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.Revisions;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges whether a rollback could do its work (runbook 7). */
public final class RevisionsAssert extends AbstractAssert<RevisionsAssert, Revisions> {
    RevisionsAssert(Revisions actual) {
        super(actual, RevisionsAssert.class);
    }

    public RevisionsAssert haveOneToGoBackTo() {
        if (actual.before().isEmpty()) {
            throw finding(
                    "The StatefulSet keeps a revision to go back to",
                    "there is none before the current one",
                    actual.revisions().stream()
                            .map(revision ->
                                    revision.name() + "   number " + revision.number() + ", " + revision.image())
                            .toList(),
                    "deploy the earlier image by its tag; kubectl rollout undo has nothing to undo");
        }
        return this;
    }

    /** Between two revisions of the same image an undo changes nothing that matters (18, A19). */
    public RevisionsAssert wouldChangeTheImage() {
        haveOneToGoBackTo();
        var before = actual.before().orElseThrow();
        var now = actual.now()
                .orElseThrow(() -> finding(
                        "The current revision is kept",
                        "it is not among the revisions",
                        List.of(),
                        "look at the StatefulSet"));
        if (before.image().equals(now.image())) {
            throw finding(
                    "Going back changes the image",
                    "both revisions have the same one",
                    List.of(before.name() + "   " + before.image(), now.name() + "   " + now.image() + ", rolled out"),
                    "an undo would restart the pods with the same release; deploy the earlier image by its own tag");
        }
        return this;
    }

    public RevisionsAssert reachEveryPod() {
        var expected = "The StatefulSet updates all its pods by itself";
        if ("OnDelete".equals(actual.strategy())) {
            throw finding(
                    expected,
                    "its update strategy is OnDelete",
                    List.of("after an undo every pod keeps the release that it has until somebody deletes it"),
                    "set the update strategy to RollingUpdate before a rollback");
        }
        if (actual.partition() > 0) {
            throw finding(
                    expected,
                    "its partition is " + actual.partition(),
                    List.of("after an undo the pods below that ordinal keep the release that they have"),
                    "set the partition to 0 before a rollback");
        }
        return this;
    }

    private FindingError finding(String expected, String seen, List<String> details, String next) {
        return new FindingError(new Finding(
                expected, seen, details, "7.1", next, actual.kubectl().command("rollout history statefulset/runtime")));
    }
}
