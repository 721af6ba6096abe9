package com.openagents.runbook.replica.runtime.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the nonces of valid tokens until the tokens expire. One per process: pods do not share it. */
public final class NonceStore {
    private final Map<String, Long> expiryByNonce = new ConcurrentHashMap<>();

    /** Whether the nonce is new; if so it is taken until {@code expiresAt} (unix seconds). */
    boolean remember(String nonce, long expiresAt, long now) {
        expiryByNonce.values().removeIf(expiry -> expiry < now);
        return expiryByNonce.putIfAbsent(nonce, expiresAt) == null;
    }
}
