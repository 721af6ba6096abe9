package com.openagents.runbook.replica.runtime.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the nonces of valid tokens until the tokens expire. One per process: pods do not share it. */
public final class NonceStore {
    private final boolean perConnection;
    private final Map<String, Long> expiryByNonce = new ConcurrentHashMap<>();

    /** @param perConnection whether a nonce is remembered only on the connection that brought it */
    public NonceStore(boolean perConnection) {
        this.perConnection = perConnection;
    }

    /** Whether the nonce is new; if so it is taken until {@code expiresAt} (unix seconds). */
    boolean remember(String nonce, long expiresAt, long now, String connection) {
        expiryByNonce.values().removeIf(expiry -> expiry < now);
        var key = perConnection ? connection + " " + nonce : nonce;
        return expiryByNonce.putIfAbsent(key, expiresAt) == null;
    }
}
