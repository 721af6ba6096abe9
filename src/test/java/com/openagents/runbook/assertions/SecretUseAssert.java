package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.SecretUse;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges where a workload takes its secrets from (runbook 5.2). */
public final class SecretUseAssert extends AbstractAssert<SecretUseAssert, SecretUse> {
    private static final String SECRET = "runtime-secrets";

    SecretUseAssert(SecretUse actual) {
        super(actual, SecretUseAssert.class);
    }

    /** @throws CouldNotCheck if there is no such workload to look at */
    public SecretUseAssert takesFromTheSecret(List<String> variables) {
        if (!actual.exists()) {
            throw new CouldNotCheck("there is no " + actual.workload() + " to look at; a Job is removed by its time to"
                    + " live of 30 minutes. Rerun the gate (runbook 6)");
        }
        var wrong = variables.stream()
                .filter(variable -> !actual.of(variable)
                        .flatMap(SecretUse.Source::secret)
                        .equals(java.util.Optional.of(SECRET + "/" + variable)))
                .toList();
        if (!wrong.isEmpty()) {
            throw new FindingError(new Finding(
                    "Secrets come from the Kubernetes Secret " + SECRET,
                    wrong.size() + " of " + variables.size() + " in " + actual.workload()
                            + (wrong.size() == 1 ? " does not" : " do not"),
                    wrong.stream().map(this::detail).toList(),
                    "5.2",
                    "take the value out of the manifest and refer to the Secret",
                    actual.kubectl().command("describe " + actual.workload().replace('/', ' '))));
        }
        return this;
    }

    private String detail(String variable) {
        return variable + "   "
                + actual.of(variable).map(SecretUse.Source::words).orElse("is not set at all");
    }
}
