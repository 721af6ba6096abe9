package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.sync.Handshake;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractAssert;

/** Judges how each pod answered the wish for a sync socket (runbook 4F.2, 5.4). */
public final class PodHandshakesAssert extends AbstractAssert<PodHandshakesAssert, Map<String, Handshake>> {
    private static final int FORBIDDEN = 403;
    private static final String KEYRING =
            "compare the keyring of the pods with that of the token mint, then restart the pods one by one";

    PodHandshakesAssert(Map<String, Handshake> actual) {
        super(actual, PodHandshakesAssert.class);
    }

    public PodHandshakesAssert open() {
        return all(101, "Every pod opens a sync socket for a token of the sync key", "5.3", KEYRING);
    }

    public PodHandshakesAssert refuse() {
        return all(FORBIDDEN, "No pod opens a sync socket for a token of another key", "5.3", KEYRING);
    }

    /** @param what what is wrong with the token, for example {@code that has expired} */
    public PodHandshakesAssert refuseABadToken(String what) {
        return all(
                FORBIDDEN,
                "No pod opens a sync socket for a token " + what,
                "4F.2",
                "the verifier lets in whom it should not: roll back the release that changed it, and restart the pods");
    }

    /** @param what what is wrong with the time of the token, for example {@code that expired a second ago} */
    public PodHandshakesAssert refuseTheTime(String what) {
        return all(FORBIDDEN, "No pod opens a sync socket for a token " + what, "5.3", PodAnswersAssert.CLOCKS);
    }

    public PodHandshakesAssert openAtTheTime(String what) {
        return all(101, "Every pod opens a sync socket for a token " + what, "5.3", PodAnswersAssert.CLOCKS);
    }

    private PodHandshakesAssert all(int status, String expected, String statement, String next) {
        var wrong = new TreeMap<>(actual);
        wrong.values().removeIf(handshake -> handshake.status() == status);
        if (!wrong.isEmpty()) {
            throw new FindingError(new Finding(
                    expected,
                    wrong.size() + " of " + actual.size() + (wrong.size() == 1 ? " pods does not" : " pods do not"),
                    wrong.entrySet().stream()
                            .map(pod -> pod.getKey() + "   " + pod.getValue().words())
                            .toList(),
                    statement,
                    next,
                    wrong.firstEntry().getValue().command()));
        }
        return this;
    }
}
