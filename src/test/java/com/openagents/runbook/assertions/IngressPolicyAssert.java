package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.IngressPolicy;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges who may reach the runtime pods (runbook 4B.4, contract 1.5). */
public final class IngressPolicyAssert extends AbstractAssert<IngressPolicyAssert, IngressPolicy> {
    private static final String CONTROL_PLANE = "pods app.kubernetes.io/name=openagents-com";
    private static final List<String> PUBLISHED = List.of(
            "pods app=runtime to TCP 4369, TCP 9000",
            CONTROL_PLANE + " to TCP 4000",
            CONTROL_PLANE + " in namespaces openagents.io/control-plane=true to TCP 4000",
            "pods openagents.io/runtime-http-client=true to TCP 4000");

    IngressPolicyAssert(IngressPolicy actual) {
        super(actual, IngressPolicyAssert.class);
    }

    public IngressPolicyAssert isAsPublished() {
        var details = new ArrayList<String>();
        PUBLISHED.stream()
                .filter(rule -> !actual.rules().contains(rule))
                .forEach(rule -> details.add("missing   " + rule));
        actual.rules().stream()
                .filter(rule -> !PUBLISHED.contains(rule))
                .forEach(rule -> details.add("added     " + rule));
        if (!details.isEmpty()) {
            throw new FindingError(new Finding(
                    "The network policy lets in the pods of the runtime and its clients, and nobody else",
                    actual.exists()
                            ? "it differs from the published one"
                            : "there is no network policy runtime-ingress",
                    details,
                    "4B.4",
                    "apply the published network policy; without its first rule the pods lose each other",
                    actual.kubectl().command("describe networkpolicy runtime-ingress")));
        }
        return this;
    }
}
