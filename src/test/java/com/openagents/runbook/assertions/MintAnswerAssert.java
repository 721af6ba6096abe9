package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.controlplane.MintAnswer;
import com.openagents.runbook.system.sync.Handshake;
import com.openagents.runbook.system.sync.SyncToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractAssert;

/** Judges whether mint and verifier of sync tokens are configured alike (runbook 4F.3, contract 5.5, 5.6). */
public final class MintAnswerAssert extends AbstractAssert<MintAnswerAssert, MintAnswer> {
    private static final String EXPECTED = "The token mint and the runtime's verifier are configured alike";
    private static final String NEXT =
            "compare OA_SYNC_TOKEN_* of the control plane with that of the runtime; rotate both to"
                    + " the known good set and deploy them together";

    MintAnswerAssert(MintAnswer actual) {
        super(actual, MintAnswerAssert.class);
    }

    public MintAnswerAssert gaveAToken() {
        if (!actual.minted()) {
            throw new FindingError(new Finding(
                    "The token mint gives out sync tokens",
                    "it answered " + actual.words(),
                    List.of(),
                    "4F.3",
                    "503: the mint is disabled or has no key; 401: the API token of this environment is not valid",
                    actual.command()));
        }
        return this;
    }

    /** @param right a token that holds what this environment says the runtime expects */
    public MintAnswerAssert claimsWhatIsIn(SyncToken right) {
        var minted = actual.token().orElseThrow();
        var differences = new ArrayList<String>();
        differ("kid", minted.keyId().orElse("none"), right.keyId().orElse("none"), differences);
        for (var claim : List.of("iss", "aud", "oa_claims_version")) {
            differ(claim, minted.claim(claim).orElse("none"), right.claim(claim).orElse("none"), differences);
        }
        if (!differences.isEmpty()) {
            throw new FindingError(new Finding(
                    EXPECTED,
                    differences.size() + " of 4 settings differ",
                    differences,
                    "4F.3",
                    NEXT,
                    actual.command()));
        }
        return this;
    }

    public MintAnswerAssert isAcceptedBy(Map<String, Handshake> pods) {
        var refusing = new TreeMap<>(pods);
        refusing.values().removeIf(Handshake::connected);
        if (!refusing.isEmpty()) {
            throw new FindingError(new Finding(
                    EXPECTED,
                    "%d of %d pods refuse a freshly minted token".formatted(refusing.size(), pods.size()),
                    refusing.entrySet().stream()
                            .map(pod -> "%s   %s; the token has kid %s, iss %s, aud %s"
                                    .formatted(
                                            pod.getKey(),
                                            pod.getValue().words(),
                                            actual.keyId(),
                                            actual.issuer(),
                                            actual.audience()))
                            .toList(),
                    "4F.3",
                    NEXT,
                    refusing.firstEntry().getValue().command()));
        }
        return this;
    }

    private static void differ(String what, String minted, String expected, List<String> differences) {
        if (!minted.equals(expected)) {
            differences.add(what + "   the mint says " + minted + ", the runtime expects " + expected);
        }
    }
}
