package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.kubernetes.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.AbstractAssert;

/** Judges the rollout of the StatefulSet as {@code kubectl rollout status} does (runbook 3.3). */
public final class RolloutAssert extends AbstractAssert<RolloutAssert, Rollout> {
    private static final String EXPECTED = "The newest rollout has reached every runtime pod";

    RolloutAssert(Rollout actual) {
        super(actual, RolloutAssert.class);
    }

    public RolloutAssert isComplete() {
        if (!actual.exists()) {
            throw finding("there is no StatefulSet runtime", List.of());
        }
        if (!actual.seen()) {
            throw finding("its controller has not seen the newest specification", List.of());
        }
        if (actual.outdated() > 0) {
            throw finding(
                    actual.outdated() + " of " + actual.wanted() + " pods are not of the newest revision "
                            + actual.updateRevision(),
                    List.of());
        }
        return this;
    }

    /** An image reference in which a placeholder was left cannot be pulled (18, A9). */
    public RolloutAssert hasAValidImage() {
        var reference = actual.image().split("[:@]", 2)[0];
        if (!reference.equals(reference.toLowerCase(Locale.ROOT))) {
            throw image("The image of the StatefulSet is a valid reference", "it has capital letters");
        }
        return this;
    }

    /** A tag that moves names whatever was pushed last: applying it again changes nothing, nor does an undo (18, A19). */
    public RolloutAssert namesOneBuild() {
        var tag = actual.image().substring(actual.image().lastIndexOf('/') + 1);
        if (!actual.image().contains("@sha256:") && (!tag.contains(":") || tag.matches(".*:(.*-)?latest"))) {
            throw image("The image of the StatefulSet names one build", "its tag moves");
        }
        return this;
    }

    private FindingError image(String expected, String seen) {
        return new FindingError(new Finding(
                expected,
                seen,
                List.of("image   " + actual.image()),
                "6.1",
                "deploy by a tag that is never pushed again, or by digest, and rerun the gate with it",
                actual.kubectl().command("get statefulset runtime -o wide")));
    }

    private FindingError finding(String seen, List<String> more) {
        var details = new ArrayList<>(more);
        if (actual.exists()) {
            details.add("rolled out " + Ago.text(actual.rolledOutAt(), actual.at()) + ", image " + actual.image());
            details.add("update strategy " + actual.strategy()
                    + ("OnDelete".equals(actual.strategy()) ? ": pods change only when they are deleted by hand" : ""));
        }
        actual.warnings().forEach(warning -> details.add("StatefulSet says: " + warning));
        return new FindingError(new Finding(
                EXPECTED,
                seen,
                details,
                "3.3",
                "inspect the migration and smoke jobs for a recent deploy regression",
                actual.kubectl().command("rollout status statefulset/runtime --timeout=10s")));
    }
}
