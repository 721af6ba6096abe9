package com.openagents.runbook.system.http;

/** Text as a POSIX shell reads it, for commands that a person can paste. */
public final class Shell {
    private static final String UNPADDED = " | openssl base64 -A | tr '+/' '-_' | tr -d '='";

    private Shell() {}

    public static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Sets a variable to the text in base64url, without padding. */
    public static String encode(String variable, String quotedText) {
        return variable + "=$(printf %s " + quotedText + UNPADDED + ")";
    }

    /**
     * Sets a variable to the HMAC-SHA256 of a text in base64url, without padding.
     *
     * @param key the key as the shell reads it; a reference such as {@code "$KEY"}, never a secret itself
     */
    public static String sign(String variable, String quotedText, String key) {
        return variable + "=$(printf %s " + quotedText + " | openssl dgst -sha256 -hmac " + key + " -binary" + UNPADDED
                + ")";
    }
}
