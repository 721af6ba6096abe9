package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tokens of service accounts: opaque, and valid until they expire or their account is gone. */
final class Tokens {

    private static final int BYTES = 32;
    private static final long SHORTEST_SECONDS = 600;
    private static final long USUAL_SECONDS = 3600;

    private record Token(String namespace, String account, String uid, Instant expires) {}

    private final Map<String, Token> tokens = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Store store;
    private final Clock clock;

    Tokens(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Optional<User> user(String text) {
        var token = tokens.get(text);
        if (token == null || clock.instant().isAfter(token.expires())) {
            return Optional.empty();
        }
        var account = store.get(ResourceTypes.SERVICE_ACCOUNTS, token.namespace(), token.account());
        return account != null && Json.text(account, "metadata.uid").equals(token.uid())
                ? Optional.of(User.serviceAccount(token.namespace(), token.account(), token.uid()))
                : Optional.empty();
    }

    /** Answers a TokenRequest for an account. */
    ObjectNode issue(ObjectNode account, ObjectNode request) {
        var seconds = Json.at(request, "spec.expirationSeconds").asLong(USUAL_SECONDS);
        if (seconds < SHORTEST_SECONDS) {
            var causes = new Causes();
            causes.invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
            throw causes.refusal("authentication.k8s.io", "TokenRequest", "");
        }
        var expires = clock.instant().plusSeconds(seconds);
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var uid = Json.text(account, "metadata.uid");
        tokens.put(text, new Token(Json.namespace(account), Json.name(account), uid, expires));

        var answer = Json.object().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        var meta = answer.putObject("metadata");
        meta.put("name", Json.name(account))
                .put("namespace", Json.namespace(account))
                .put("uid", uid);
        meta.put("creationTimestamp", Metadata.time(clock.instant()));
        var spec = answer.putObject("spec");
        if (Json.at(request, "spec.audiences").isEmpty()) {
            spec.putArray("audiences").add("https://kubernetes.default.svc");
        } else {
            spec.set("audiences", Json.at(request, "spec.audiences"));
        }
        spec.put("expirationSeconds", seconds).putNull("boundObjectRef");
        answer.putObject("status").put("token", text).put("expirationTimestamp", Metadata.time(expires));
        return answer;
    }
}
