package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Concern;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractAssert;

/** Judges what each pod answered to the same question (runbook 5.4). */
public final class PodAnswersAssert extends AbstractAssert<PodAnswersAssert, Map<String, Answer>> {
    private static final String STALE =
            "restart the pods one after the other, so that each reads the secrets anew, and rerun the gate";

    static final String CLOCKS =
            "compare the clocks of the pods' nodes with a time server; a release that judges times otherwise is rolled"
                    + " back";

    PodAnswersAssert(Map<String, Answer> actual) {
        super(actual, PodAnswersAssert.class);
    }

    public PodAnswersAssert accept() {
        return all(200, "", "Every pod accepts what is signed with the signature secret", STALE);
    }

    /** A run that does not exist has no owner: only a request that passed the signature is told so (contract 3.4, 3.8). */
    public PodAnswersAssert reachTheStreamPath() {
        return all(404, "run/thread ownership record not found", "Signed requests reach the stream path", STALE);
    }

    public PodAnswersAssert refuseTheSignature() {
        return all(401, "invalid token signature", "No pod accepts what is signed with another secret", STALE);
    }

    /**
     * @param message the runtime's word for it
     * @param what what is wrong with its time, for example {@code whose token expired a second ago}
     */
    public PodAnswersAssert refuseTheTime(String message, String what) {
        return all(401, message, "No pod accepts a request " + what, CLOCKS);
    }

    public PodAnswersAssert acceptTheTime(String what) {
        return all(200, "", "Every pod accepts a request " + what, CLOCKS);
    }

    public PodAnswersAssert comeFromTheDatabase() {
        return all(
                200,
                "",
                "Every pod answers from the database",
                "look whether the database lets the runtime's user in, and whether the pods have its newest password");
    }

    /** The counters of the service stand under its own name (contract 11.1). */
    public PodAnswersAssert showTelemetry() {
        var silent = new TreeMap<>(actual);
        silent.values()
                .removeIf(answer -> answer.status() == 200 && answer.body().contains("openagents_runtime_"));
        if (!silent.isEmpty()) {
            throw new FindingError(
                    new Finding(
                            "Every pod shows its telemetry",
                            silent.size() + " of " + actual.size()
                                    + (silent.size() == 1 ? " pods does not" : " pods do not"),
                            silent.entrySet().stream()
                                    .map(pod -> pod.getKey() + "   answered "
                                            + (pod.getValue().status() == 200
                                                    ? "without a single series of the service"
                                                    : pod.getValue().words()))
                                    .toList(),
                            "3.4",
                            "take what happened from the logs and the tables until the pods expose their metrics",
                            silent.firstEntry().getValue().command()),
                    pods(silent));
        }
        return this;
    }

    /** A request id comes back to whoever sent it, so that both sides speak of the same request (contract 17). */
    public PodAnswersAssert bringBack(String requestId) {
        var other = new TreeMap<>(actual);
        other.values()
                .removeIf(answer -> answer.requestId().filter(requestId::equals).isPresent());
        if (!other.isEmpty()) {
            throw new FindingError(
                    new Finding(
                            "Every pod brings the id of a request back",
                            other.size() + " of " + actual.size()
                                    + (other.size() == 1 ? " pods does not" : " pods do not"),
                            other.entrySet().stream()
                                    .map(pod -> pod.getKey() + "   sent "
                                            + pod.getValue().requestId().orElse("none"))
                                    .toList(),
                            "3.5",
                            "follow requests by their path and time until their ids come back",
                            other.firstEntry().getValue().command()),
                    pods(other));
        }
        return this;
    }

    private PodAnswersAssert all(int status, String message, String expected, String next) {
        var wrong = new TreeMap<>(actual);
        wrong.values()
                .removeIf(
                        answer -> answer.status() == status && answer.message().equals(message));
        if (!wrong.isEmpty()) {
            throw new FindingError(
                    new Finding(
                            expected,
                            wrong.size() + " of " + actual.size()
                                    + (wrong.size() == 1 ? " pods does not" : " pods do not"),
                            wrong.entrySet().stream()
                                    .map(pod -> pod.getKey() + "   answered "
                                            + pod.getValue().words())
                                    .toList(),
                            "5.3",
                            next,
                            wrong.firstEntry().getValue().command()),
                    pods(wrong));
        }
        return this;
    }

    private static List<Concern> pods(Map<String, Answer> answers) {
        return answers.keySet().stream().map(Concern::pod).toList();
    }
}
