package com.openagents.runbook.replica.checkout.suite;

import static com.openagents.runbook.replica.checkout.suite.Suite.check;
import static com.openagents.runbook.replica.checkout.suite.Suite.drill;
import static com.openagents.runbook.replica.checkout.suite.Suite.test;

import java.util.List;

/** Which sync tokens the socket refuses, and for which reason (contract 5.5). */
final class TokenTests {
    private static final String TOPIC = "runtime.codex_worker_events";
    private static final String AUDIENCE = "openagents-sync";

    Suite suite() {
        return new Suite(
                "test/openagents_runtime/sync/jwt_verifier_test.exs",
                List.of(
                        drill(
                                "an old token is expired",
                                at -> refuses(at, SyncTokens.aged(TOPIC, 600), "token_expired")),
                        test(
                                "a token of an unknown key is refused",
                                at -> refuses(at, SyncTokens.issued(TOPIC, 0, "no-such-key", AUDIENCE), "unknown_kid")),
                        test(
                                "a token for another audience is refused",
                                at -> refuses(
                                        at,
                                        SyncTokens.issued(TOPIC, 0, SyncTokens.KEY_ID, "another"),
                                        "claim_mismatch"))));
    }

    private static void refuses(Service service, String token, String reason) throws Exception {
        var series = "openagents_runtime_sync_socket_auth_count{reason_class=\"" + reason + "\",status=\"error\"}";
        double before = service.started().metric(series);
        check(SyncLine.isRefused(service, token), "the token was accepted");
        // Other tests run beside this one, and refuse tokens too.
        check(service.metric(series) > before, "the refusal was not counted as " + reason);
    }
}
