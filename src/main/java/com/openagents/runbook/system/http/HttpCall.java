package com.openagents.runbook.system.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request over HTTP. Its text and its command hold no secret.
 *
 * @param preparation shell lines that set what the secret headers refer to, empty if they need none
 * @param headers from name to value, in the order in which they are shown
 */
public record HttpCall(
        String method,
        URI uri,
        Map<String, String> headers,
        Optional<Credential> credential,
        Optional<String> body,
        String preparation) {

    /**
     * A header whose value is a secret.
     *
     * @param shown the value as the command shows it, for example {@code $SIGNATURE}
     */
    public record Credential(String header, String value, String shown) {
        /** Shorter ones are no secrets, and would mask ordinary words. */
        private static final int SHORTEST_SECRET = 8;

        /** The text without the secret, for answers that repeat what was asked. */
        public String mask(String text) {
            // Without the word Bearer.
            var secret = value.substring(value.lastIndexOf(' ') + 1);
            return secret.length() < SHORTEST_SECRET ? text : text.replace(secret, "[" + header + "]");
        }

        @Override
        public String toString() {
            return header + ": " + shown;
        }
    }

    public HttpCall {
        headers = new LinkedHashMap<>(headers);
    }

    /** The request line, for people. */
    public String line() {
        return method + " " + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /** The command that asks the same by hand. */
    public String command() {
        return command("curl -sS -i");
    }

    /** @param curl the program with its options, for example {@code curl -sSN} for a stream */
    public String command(String curl) {
        var command = new StringBuilder(preparation);
        if (!preparation.isEmpty()) {
            command.append('\n');
        }
        command.append(curl).append(method.equals("GET") ? "" : " -X " + method);
        credential.ifPresent(secret -> command.append(" -H \"")
                .append(secret.header())
                .append(": ")
                .append(secret.shown())
                .append('"'));
        headers.forEach((name, value) -> command.append(" -H ").append(Shell.quote(name + ": " + value)));
        body.ifPresent(text -> command.append(" -d ").append(Shell.quote(text)));
        return command.append(' ').append(Shell.quote(uri.toString())).toString();
    }

    /** The text without the secret of this call. */
    public String mask(String text) {
        return credential.map(secret -> secret.mask(text)).orElse(text);
    }
}
