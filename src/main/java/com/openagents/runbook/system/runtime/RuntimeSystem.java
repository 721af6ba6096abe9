package com.openagents.runbook.system.runtime;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.HttpCaller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The runtime's internal API (contract 3). Every answer is put down as evidence, good or bad; a runtime that does not
 * answer at all is {@link CouldNotCheck}.
 *
 * <p>{@code as}, {@code at}, {@code signedBy} and the like give another view of the same runtime and change nothing.
 */
public final class RuntimeSystem {
    private final RuntimeAccess access;
    private final EvidenceLog evidence;
    private final Signing signing;
    private final String heldAgainst;

    public RuntimeSystem(RuntimeAccess access, EvidenceLog evidence) {
        this(
                access,
                evidence,
                new Signing(
                        access.service(),
                        access.principal(),
                        Optional.of(SignatureToken.signedWith(access.signatureSecret())),
                        Trace.none()),
                "");
    }

    private RuntimeSystem(RuntimeAccess access, EvidenceLog evidence, Signing signing, String heldAgainst) {
        this.access = access;
        this.evidence = evidence;
        this.signing = signing;
        this.heldAgainst = heldAgainst;
    }

    /** The pods that can be addressed one by one, in order of their names. */
    public List<String> pods() {
        return List.copyOf(new TreeMap<>(access.pods().get()).keySet());
    }

    /** @throws CouldNotCheck if there is no such pod to address */
    public RuntimeSystem at(String pod) {
        var base = Optional.ofNullable(access.pods().get().get(pod))
                .orElseThrow(() -> new CouldNotCheck("runtime pod " + pod
                        + " cannot be addressed: see which pods there are and whether they have an address"));
        return with(new Signing(base, signing.principal(), signing.token(), signing.trace()));
    }

    /**
     * The same question to each pod, from pod name to answer.
     *
     * @throws CouldNotCheck if the pods cannot be addressed one by one
     */
    public Map<String, Answer> onEveryPod(Function<RuntimeSystem, Answer> question) {
        var pods = pods();
        if (pods.isEmpty()) {
            throw new CouldNotCheck("the runtime pods behind " + access.service()
                    + " cannot be addressed one by one: say in systems.kubernetes.pods how this machine reaches pods");
        }
        var answers = new TreeMap<String, Answer>();
        pods.forEach(pod -> answers.put(pod, question.apply(at(pod))));
        return answers;
    }

    public RuntimeSystem as(Principal principal) {
        return with(new Signing(signing.base(), principal, signing.token(), signing.trace()));
    }

    /** A right token, to be made wrong. */
    public SignatureToken token() {
        return SignatureToken.signedWith(access.signatureSecret());
    }

    public RuntimeSystem signedBy(SignatureToken token) {
        return with(new Signing(signing.base(), signing.principal(), Optional.of(token), signing.trace()));
    }

    public RuntimeSystem unsigned() {
        return with(new Signing(signing.base(), signing.principal(), Optional.empty(), signing.trace()));
    }

    public RuntimeSystem traced(Trace trace) {
        return with(new Signing(signing.base(), signing.principal(), signing.token(), trace));
    }

    /** What the answers are held against, in words, for the evidence. */
    public RuntimeSystem heldAgainst(String words) {
        return new RuntimeSystem(access, evidence, signing, words);
    }

    private RuntimeSystem with(Signing other) {
        return new RuntimeSystem(access, evidence, other, heldAgainst);
    }

    /** Contract 3.6. */
    public Answer health() {
        return send(ApiRequest.get("/health"));
    }

    /** The metrics of a process, as text (contract 11.1). */
    public Answer metrics() {
        return unsigned().send(ApiRequest.of("GET", "/metrics"));
    }

    public Run run(String runId, String threadId) {
        return new Run(this, runId, threadId);
    }

    public CodexWorkers codexWorkers() {
        return new CodexWorkers(this);
    }

    public Skills skills() {
        return new Skills(this);
    }

    /** Contract 3.12. */
    public Answer toolsExecute(Map<String, Object> body) {
        return send(ApiRequest.post("/tools/execute", body));
    }

    /** Has a tool read one public issue of its provider. */
    public Answer probeProvider(String integration) {
        return toolsExecute(ProviderProbe.body(integration));
    }

    /**
     * As {@link #probeProvider}, again while it fails, on a connection of its own each time, until the breaker must be open
     * (contract 8.3); returns the last answer.
     */
    public Answer probeProviderUntilLeftAlone(String integration) {
        var answer = probeProvider(integration);
        for (int failures = 1;
                ProviderOutcome.of(answer) == ProviderOutcome.FAILED && failures <= ProviderProbe.BREAKER_THRESHOLD;
                failures++) {
            answer = probeProvider(integration);
        }
        return answer;
    }

    /**
     * One metric of every pod.
     *
     * @throws CouldNotCheck if the pods cannot be addressed one by one, or one of them exposes no metrics
     */
    public PodMetrics metrics(String name) {
        var samples = new ArrayList<PodMetrics.Sample>();
        var pods = pods();
        if (pods.isEmpty()) {
            throw new CouldNotCheck("the runtime pods behind " + access.service() + " cannot be addressed one by one");
        }
        String command = "";
        for (var pod : pods) {
            var answer = caller().ask(at(pod).unsigned().signing.call(ApiRequest.of("GET", "/metrics")));
            if (answer.status() != 200) {
                throw new CouldNotCheck("runtime pod " + pod + " exposes no metrics: GET /metrics was answered "
                        + answer.words() + ". Ask for them by hand:\n" + answer.command());
            }
            command = answer.command() + " | grep ^" + name;
            samples.addAll(MetricsText.samples(pod, answer.body(), name));
        }
        var metrics = new PodMetrics(name, pods, samples, Instant.now(), command);
        records().saw(metrics);
        return metrics;
    }

    /** Contract 3.13. */
    public Answer commsDeliveryEvent(Map<String, Object> body) {
        return send(ApiRequest.post("/comms/delivery-events", body));
    }

    /** Any request, to see what the runtime makes of it. */
    public Answer send(ApiRequest request) {
        var answer = caller().ask(signing.call(request));
        records().saw(List.of(answer));
        return answer;
    }

    /** The same request with the same token and nonce several times, on one connection if the runtime keeps it. */
    public List<Answer> repeat(ApiRequest request, int times) {
        var answers = caller().repeat(signing.call(request), times);
        records().saw(answers);
        return new ArrayList<>(answers);
    }

    /** The health request, for {@link #repeat}. */
    public static ApiRequest healthRequest() {
        return ApiRequest.get("/health");
    }

    RunStream open(ApiRequest request, StreamFrom from) {
        var asked = from.of(request);
        return RunStream.open(signing.call(asked), from, access.patience(), records());
    }

    private HttpCaller caller() {
        return new HttpCaller("runtime", access.patience());
    }

    private Records records() {
        return new Records(evidence, signing.context(), heldAgainst);
    }

    @Override
    public String toString() {
        return "runtime at " + signing.base();
    }
}
