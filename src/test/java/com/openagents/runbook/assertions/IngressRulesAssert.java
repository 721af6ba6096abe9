package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.IngressRules;
import com.openagents.runbook.system.kubernetes.IngressRules.Way;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Judges who may open connections to the runtime pods (contract 1.5). */
public final class IngressRulesAssert extends AbstractAssert<IngressRulesAssert, IngressRules> {
    private static final String RUNTIME = "pods app=runtime of this namespace";
    private static final String CLIENTS = "pods openagents.io/runtime-http-client=true of this namespace";
    private static final String CONTROL_PLANE = "pods app.kubernetes.io/name=openagents-com of ";

    /** What the pods of one Erlang cluster need of each other. */
    private static final List<String> BETWEEN_PODS = List.of(RUNTIME + " to TCP 4369", RUNTIME + " to TCP 9000");

    private static final List<String> HTTP = List.of(
            CONTROL_PLANE + "this namespace to TCP 4000",
            CONTROL_PLANE + "namespaces openagents.io/control-plane=true to TCP 4000",
            CLIENTS + " to TCP 4000");

    IngressRulesAssert(IngressRules actual) {
        super(actual, IngressRulesAssert.class);
    }

    public IngressRulesAssert letPodsReachEachOther() {
        return let(BETWEEN_PODS, "The network policy lets the pods reach each other");
    }

    public IngressRulesAssert letClientsIn() {
        return let(HTTP, "The network policy lets the control plane and HTTP clients in");
    }

    public IngressRulesAssert letNobodyElseIn() {
        if (actual.policies().isEmpty()) {
            throw new FindingError(finding(
                    "The network policy keeps everybody else out",
                    "no policy selects the runtime pods, so everybody may open everything",
                    List.of("runtime-ingress   does not exist, or selects other pods")));
        }
        var more = actual.ways().stream()
                .filter(way -> !BETWEEN_PODS.contains(way.words()) && !HTTP.contains(way.words()))
                .toList();
        if (!more.isEmpty()) {
            throw new FindingError(finding(
                    "The network policy keeps everybody else out",
                    more.size() + " ways in are not those of the published policy",
                    more.stream()
                            .map(way -> way.policy() + "   lets in " + way.words())
                            .toList()));
        }
        return this;
    }

    private IngressRulesAssert let(List<String> wanted, String expected) {
        var open = actual.ways().stream().map(Way::words).collect(Collectors.toSet());
        var closed = wanted.stream().filter(way -> isClosed(way, open)).toList();
        if (!closed.isEmpty()) {
            throw new FindingError(finding(
                    expected,
                    closed.size() + " of " + wanted.size() + " ways are closed",
                    closed.stream().map(way -> "closed   " + way).toList()));
        }
        return this;
    }

    private boolean isClosed(String way, Set<String> open) {
        return !actual.policies().isEmpty() && !open.contains(way);
    }

    private Finding finding(String expected, String seen, List<String> details) {
        return new Finding(
                expected,
                seen,
                details,
                "4B.4",
                "compare with apps/runtime/deploy/k8s/base/networkpolicy-ingress.yaml and apply the overlay again",
                actual.command());
    }
}
