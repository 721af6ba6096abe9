package com.openagents.runbook.system.http;

/** Text as a POSIX shell reads it, for commands that a person can paste. */
public final class Shell {
    private static final String UNPADDED = " | openssl base64 -A | tr '+/' '-_' | tr -d '='";

    /** The current time in unix seconds, for {@link #withTimes}. */
    public static final String NOW = "NOW=$(date +%s)\n";

    private Shell() {}

    /** A time for {@link #withTimes}, that many seconds after now. */
    public static String time(long afterNow) {
        return "@now " + afterNow + "@";
    }

    /** The same, to stay a text. */
    public static String timeAsText(long afterNow) {
        return "@text " + afterNow + "@";
    }

    /** Quotes a JSON text whose times the shell works out from {@code $NOW}. */
    public static String withTimes(String json) {
        return quote(json)
                .replaceAll("\"@now (-?\\d+)@\"", "'\\$((NOW + $1))'")
                .replaceAll("@text (-?\\d+)@", "'\\$((NOW + $1))'");
    }

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
