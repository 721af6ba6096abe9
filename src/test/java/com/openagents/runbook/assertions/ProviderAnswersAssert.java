package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.runtime.PodMetrics;
import com.openagents.runbook.system.runtime.ProviderOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.AbstractAssert;

/** Judges what became of one call to a tool provider by each pod (runbook 4C.3, 4E.1; contract 3.12, 8.3). */
public final class ProviderAnswersAssert extends AbstractAssert<ProviderAnswersAssert, Map<String, Answer>> {
    ProviderAnswersAssert(Map<String, Answer> actual) {
        super(actual, ProviderAnswersAssert.class);
    }

    public ProviderAnswersAssert succeed() {
        var wrong = allBut(Set.of(ProviderOutcome.SUCCEEDED));
        if (!wrong.isEmpty()) {
            throw new FindingError(finding(
                    "The tool provider answers every runtime pod",
                    "the call failed on %d of %d pods",
                    wrong,
                    "4C.3",
                    "http_status and transport errors: look at the provider's own status page; missing_api_token: at the"
                            + " secret that the control plane hands out, which looks like a denial and is none"));
        }
        return this;
    }

    /** The metric is read after the calls, so a breaker that was open and whose provider answers again is closed. */
    public ProviderAnswersAssert leaveNoBreakerOpen(PodMetrics breakers) {
        if (breakers.samples().isEmpty()) {
            throw new CouldNotCheck("no pod exposes " + breakers.name()
                    + ", though each called a provider just now: the metric is not fed. See what there is:\n"
                    + breakers.command());
        }
        var open = breakers.samples().stream()
                .filter(sample -> sample.label("state").equals("open") && sample.value() > 0)
                .map(sample -> "%s   provider %s, last event %s; %s"
                        .formatted(
                                sample.pod(),
                                sample.label("provider"),
                                sample.label("event"),
                                truth(actual.get(sample.pod()))))
                .distinct()
                .toList();
        if (!open.isEmpty()) {
            throw new FindingError(finding(open, breakers));
        }
        return this;
    }

    /**
     * @see com.openagents.runbook.system.runtime.RuntimeSystem#probeProviderUntilLeftAlone
     * @throws CouldNotCheck if a pod neither asked the provider nor left it alone
     */
    public ProviderAnswersAssert doNotGoOnFailing() {
        var unknown = allBut(Set.of(ProviderOutcome.SUCCEEDED, ProviderOutcome.LEFT_ALONE, ProviderOutcome.FAILED));
        if (!unknown.isEmpty()) {
            var pod = unknown.firstEntry();
            throw new CouldNotCheck(
                    "runtime pod " + pod.getKey() + " did not ask the provider: " + words(pod.getValue())
                            + ". Have it ask by hand:\n" + pod.getValue().command());
        }
        var called = allBut(Set.of(ProviderOutcome.SUCCEEDED, ProviderOutcome.LEFT_ALONE));
        if (!called.isEmpty()) {
            throw new FindingError(finding(
                    "Pods stop calling a provider that keeps failing",
                    "%d of %d pods called it again after three failures in a row",
                    called,
                    "4E.1",
                    "no breaker protects the provider: breakers that are forgotten with the connection, or a threshold that"
                            + " was raised; take the tool out of use until the provider is back"));
        }
        return this;
    }

    private TreeMap<String, Answer> allBut(Set<ProviderOutcome> good) {
        var pods = new TreeMap<>(actual);
        pods.values().removeIf(answer -> good.contains(ProviderOutcome.of(answer)));
        return pods;
    }

    private Finding finding(
            String expected, String counted, TreeMap<String, Answer> pods, String statement, String next) {
        return new Finding(
                expected,
                counted.formatted(pods.size(), actual.size()),
                pods.entrySet().stream()
                        .map(pod -> pod.getKey() + "   " + words(pod.getValue()))
                        .toList(),
                statement,
                next,
                pods.firstEntry().getValue().command());
    }

    private static Finding finding(List<String> open, PodMetrics breakers) {
        return new Finding(
                "No circuit breaker is open",
                open.size() + " are",
                open,
                "4E.1",
                "if the provider fails, confirm its incident and roll back a recent change of its configuration (4E.3);"
                        + " if it answers, the breaker or its metric is stuck: restart that pod",
                breakers.command());
    }

    private static String truth(Answer answer) {
        return answer != null && ProviderOutcome.of(answer) == ProviderOutcome.SUCCEEDED
                ? "the provider answers all the same"
                : "the provider fails: " + (answer == null ? "not asked" : words(answer));
    }

    private static String words(Answer answer) {
        return answer.part("data.state")
                .map(state -> "%s, %s, %s"
                        .formatted(
                                state,
                                answer.part("data.reason_code").orElse("no reason code"),
                                answer.part("data.provider_result.failure_reason")
                                        .orElse("no reason")))
                .orElseGet(() -> "answered " + answer.words());
    }
}
