package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.RuntimeSecret;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges what may be known of the Secret of the runtime (runbook 5). */
public final class RuntimeSecretAssert extends AbstractAssert<RuntimeSecretAssert, RuntimeSecret> {
    private static final String KEY_ID = "OA_SYNC_TOKEN_KEY_ID";
    private static final String KEY = "OA_SYNC_TOKEN_SIGNING_KEY";

    RuntimeSecretAssert(RuntimeSecret actual) {
        super(actual, RuntimeSecretAssert.class);
    }

    public RuntimeSecretAssert hasSet(List<String> keys) {
        var expected = "The runtime has its secrets";
        if (!actual.exists()) {
            throw finding(expected, "there is no Secret " + actual.name(), List.of());
        }
        var unset = actual.unset(keys);
        if (!unset.isEmpty()) {
            throw finding(
                    expected,
                    unset.size() + " of " + keys.size() + (unset.size() == 1 ? " is" : " are") + " not set",
                    unset.stream()
                            .map(key -> key + (actual.keys().containsKey(key) ? "   is empty" : "   is missing"))
                            .toList());
        }
        return this;
    }

    /** A key without its id is ignored without a word, and without a key the runtime trusts one that is public (18, A11). */
    public RuntimeSecretAssert hasACompleteSyncKey() {
        if (actual.has(KEY) && actual.has(KEY_ID)) {
            return this;
        }
        var seen = actual.has(KEY) ? "the key has no id" : actual.has(KEY_ID) ? "the id has no key" : "neither is set";
        throw finding(
                "The sync key and its id are set",
                seen,
                List.of(
                        "without a complete pair the runtime trusts the key of its source code, which everybody can read"));
    }

    private FindingError finding(String expected, String seen, List<String> details) {
        return new FindingError(new Finding(
                expected,
                seen,
                details,
                "5.2",
                "put the values into the source of the Kubernetes Secret, restart the pods, rerun the gate",
                actual.kubectl().command("describe secret " + actual.name())));
    }
}
