package com.openagents.runbook.system.sync;

import java.util.Locale;

/** What is wrong with a sync token on purpose; named by the reject classes of contract 5.5. */
public enum SyncTokenDefect {
    NONE,
    MISSING_TOKEN,
    INVALID_TOKEN_ENCODING,
    INVALID_HEADER,
    UNSUPPORTED_ALG,
    MISSING_KID,
    UNKNOWN_KID,
    INVALID_SIGNATURE,
    INVALID_CLAIMS,
    TOKEN_EXPIRED,
    TOKEN_NOT_YET_VALID,
    CLAIM_MISMATCH;

    /** The class under which the runtime counts the refusal, {@code authorized} if nothing is wrong. */
    public String reasonClass() {
        return this == NONE ? "authorized" : name().toLowerCase(Locale.ROOT);
    }
}
