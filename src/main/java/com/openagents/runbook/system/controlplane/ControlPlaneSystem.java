package com.openagents.runbook.system.controlplane;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.http.HttpCall;
import com.openagents.runbook.system.http.HttpCall.Credential;
import com.openagents.runbook.system.http.HttpCaller;
import com.openagents.runbook.system.http.JsonText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The token mint (contract 5.6). Every answer is put down as evidence, good or bad; a control plane that does not answer
 * at all is {@link CouldNotCheck}.
 */
public final class ControlPlaneSystem {
    private static final String SYSTEM = "control-plane";
    private static final String SYNC = "/api/sync/token";
    private static final String KHALA = "/api/khala/token";

    private final ControlPlaneAccess access;
    private final EvidenceLog evidence;
    private final Optional<Supplier<String>> apiToken;
    private final String heldAgainst;

    public ControlPlaneSystem(ControlPlaneAccess access, EvidenceLog evidence) {
        this(access, evidence, Optional.of(access.apiToken()), "");
    }

    private ControlPlaneSystem(
            ControlPlaneAccess access, EvidenceLog evidence, Optional<Supplier<String>> apiToken, String heldAgainst) {
        this.access = access;
        this.evidence = evidence;
        this.apiToken = apiToken;
        this.heldAgainst = heldAgainst;
    }

    /** With another API token, to see whether it is refused. */
    public ControlPlaneSystem showing(String otherApiToken) {
        return new ControlPlaneSystem(access, evidence, Optional.of(() -> otherApiToken), heldAgainst);
    }

    /** Without an API token. */
    public ControlPlaneSystem anonymous() {
        return new ControlPlaneSystem(access, evidence, Optional.empty(), heldAgainst);
    }

    /** What the answers are held against, in words, for the evidence. */
    public ControlPlaneSystem heldAgainst(String words) {
        return new ControlPlaneSystem(access, evidence, apiToken, words);
    }

    /** @param topics none for those that the control plane gives unasked */
    public MintAnswer syncToken(String... topics) {
        return syncToken(topics.length == 0 ? Map.of() : Map.of("scopes", List.of(topics)));
    }

    /** A request for a sync token of any shape. */
    public MintAnswer syncToken(Map<String, Object> body) {
        return ask(SYNC, body);
    }

    public MintAnswer khalaToken(KhalaTokenRequest request) {
        return khalaToken(request.body());
    }

    /** A request for a khala token of any shape. */
    public MintAnswer khalaToken(Map<String, Object> body) {
        return ask(KHALA, body);
    }

    /**
     * Asks as the runtime does for its provider secrets; only whether the signature is accepted is kept.
     *
     * @param secret the internal shared secret to sign with
     */
    public InternalAnswer internal(String secret) {
        var request = new InternalRequest(access.base());
        var answer = new HttpCaller("control plane", access.patience()).ask(request.signedWith(secret));
        var seen = new InternalAnswer(answer.status(), answer.code(), request.byHand());
        evidence.saw(new Evidence(
                "Answer of the control plane to a request signed as the runtime's",
                SYSTEM,
                seen.command(),
                List.of(Map.of("answer", seen.words())),
                heldAgainst,
                answer.at(),
                Map.of("server", access.base().toString())));
        return seen;
    }

    private MintAnswer ask(String path, Map<String, Object> body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("accept", "application/json");
        headers.put("content-type", "application/json");
        var call = new HttpCall(
                "POST",
                URI.create(access.base().toString().replaceFirst("/$", "") + path),
                headers,
                apiToken.map(token -> new Credential("authorization", "Bearer " + token.get(), "Bearer $API_TOKEN")),
                Optional.of(JsonText.write(body)),
                "");
        var answer = new HttpCaller("control plane", access.patience()).ask(call);
        var minted = MintAnswer.of(answer, "SYNC_TOKEN=$(" + call.command("curl -sS") + " | jq -r .data.token)");
        saw(path, minted);
        return minted;
    }

    private void saw(String path, MintAnswer answer) {
        var context = new LinkedHashMap<String, String>();
        context.put("server", access.base().toString());
        context.put("API token", apiToken.isPresent() ? "shown" : "none");
        answer.requestId().ifPresent(id -> context.put("request id", id));
        evidence.saw(new Evidence(
                "Answer of the token mint to POST " + path,
                SYSTEM,
                answer.command(),
                List.of(answer.row()),
                heldAgainst,
                answer.at(),
                context));
    }

    @Override
    public String toString() {
        return access.toString();
    }
}
