package com.openagents.runbook.system.controlplane;

import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.JsonText;
import com.openagents.runbook.system.sync.SyncToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the token mint answered. Its text is not kept, because it holds the token.
 *
 * @param code of a refusal, for example {@code invalid_scope}; empty if there is none
 * @param message of a refusal
 * @param invalidFields what the validation of the framework complains about, for example {@code scopes.0}
 * @param token the token; its text is never shown
 * @param keyId of the key that it is signed with, from the answer or else from the token itself
 * @param scopes of a sync token the topics, of a khala token the free words
 * @param requestId under which the control plane logged the request
 * @param command the command that asks the same by hand
 */
public record MintAnswer(
        int status,
        String code,
        String message,
        List<String> invalidFields,
        Optional<SyncToken> token,
        Optional<Duration> expiresIn,
        String issuer,
        String audience,
        String subject,
        String keyId,
        List<String> scopes,
        Optional<String> requestId,
        Duration took,
        Instant at,
        String command) {

    static MintAnswer of(Answer answer, String byHand) {
        var token = answer.part("data.token").map(text -> SyncToken.minted(text, byHand));
        return new MintAnswer(
                answer.status(),
                answer.code(),
                // A text that is no JSON may be a token too.
                answer.isJson() ? answer.message() : "not JSON",
                invalidFields(answer.body()),
                token,
                answer.part("data.expires_in")
                        .filter(text -> text.matches("\\d{1,9}"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text))),
                answer.part("data.issuer").orElse(""),
                answer.part("data.audience").orElse(""),
                answer.part("data.subject").orElse(""),
                answer.part("data.kid")
                        .or(() -> token.flatMap(SyncToken::keyId))
                        .orElse(""),
                answer.list(answer.part("data.scopes").isPresent() ? "data.scopes" : "data.scope"),
                answer.requestId(),
                answer.took(),
                answer.at(),
                answer.command());
    }

    private static List<String> invalidFields(String body) {
        var fields = new ArrayList<String>();
        JsonText.at(JsonText.read(body), "errors").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    /** Whether a token was given out. */
    public boolean minted() {
        return status == 200 && token.isPresent();
    }

    /** The answer in a few words: {@code 422 invalid_scope: requested sync scope is not allowed}. */
    public String words() {
        if (minted()) {
            return "token for " + audience;
        }
        return status + (code.isEmpty() ? "" : " " + code) + (message.isEmpty() ? "" : ": " + message);
    }

    /** What may be shown of it. */
    Map<String, String> row() {
        var row = new LinkedHashMap<String, String>();
        row.put("status", String.valueOf(status));
        row.put("code", code);
        row.put("message", message);
        row.put("token", token.isPresent() ? "given out" : "none");
        row.put("expires in", expiresIn.map(life -> life.toSeconds() + " s").orElse(""));
        row.put("issuer", issuer);
        row.put("audience", audience);
        row.put("subject", subject);
        row.put("key id", keyId);
        row.put("scopes", String.join(", ", scopes));
        row.put("took", took.toMillis() + " ms");
        return row;
    }
}
