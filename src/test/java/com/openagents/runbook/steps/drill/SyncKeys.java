package com.openagents.runbook.steps.drill;

import com.openagents.runbook.safety.SecretChanges;
import java.util.Map;
import java.util.Optional;

/** A sync key and the one that takes its place, as the pods' secrets name them (runbook 5.4, contract 5.5). */
record SyncKeys(Key old, Key fresh) {
    static final String NEW_KEY_ID = "runbook-rotation-drill";

    private static final String KEY_ID = "OA_SYNC_TOKEN_KEY_ID";
    private static final String KEY = "OA_SYNC_TOKEN_SIGNING_KEY";
    private static final String PREVIOUS_KEY_ID = "OA_SYNC_TOKEN_PREVIOUS_KEY_ID";
    private static final String PREVIOUS_KEY = "OA_SYNC_TOKEN_PREVIOUS_SIGNING_KEY";

    record Key(String id, String value) {
        @Override
        public String toString() {
            return "sync key " + id;
        }
    }

    static SyncKeys of(SecretChanges secrets) {
        return new SyncKeys(
                new Key(secrets.value(KEY_ID), secrets.value(KEY)), new Key(NEW_KEY_ID, secrets.newValue()));
    }

    /** The settings of pods that accept tokens of both. */
    Map<String, Optional<String>> both() {
        return Map.of(
                KEY_ID, Optional.of(fresh.id()),
                KEY, Optional.of(fresh.value()),
                PREVIOUS_KEY_ID, Optional.of(old.id()),
                PREVIOUS_KEY, Optional.of(old.value()));
    }

    /** The settings of pods that accept tokens of the new one only. */
    Map<String, Optional<String>> freshOnly() {
        return Map.of(
                KEY_ID, Optional.of(fresh.id()),
                KEY, Optional.of(fresh.value()),
                PREVIOUS_KEY_ID, Optional.empty(),
                PREVIOUS_KEY, Optional.empty());
    }
}
