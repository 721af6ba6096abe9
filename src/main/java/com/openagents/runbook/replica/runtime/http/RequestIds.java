package com.openagents.runbook.replica.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The id of a request: the caller's if it is 20 to 200 bytes long, else a new one (contract 17). */
final class RequestIds {
    private static final int RANDOM_BYTES = 15;

    private RequestIds() {}

    static String accept(String incoming) {
        if (incoming != null) {
            int length = incoming.getBytes(StandardCharsets.UTF_8).length;
            if (length >= 20 && length <= 200) {
                return incoming;
            }
        }
        var bytes = new byte[RANDOM_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
