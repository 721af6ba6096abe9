package com.openagents.runbook.system.sync;

import com.openagents.runbook.system.http.Shell;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person would type to do the same; the token is made by the command itself. */
record SyncCommand(URI base, String version, Optional<String> origin, SyncToken token) {
    private static final String UPGRADE = "curl -sS -o /dev/null -w '%{http_code}\\n' --max-time 5 --http1.1"
            + " -H 'connection: upgrade' -H 'upgrade: websocket' -H 'sec-websocket-version: 13'"
            + " -H 'sec-websocket-key: cnVuYm9vay1ieS1oYW5kIQ=='";

    static String socket(URI base) {
        return endpoint(base).replaceFirst("^http", "ws");
    }

    private static String endpoint(URI base) {
        return base.toString().replaceFirst("/$", "") + "/socket/websocket";
    }

    /** Prints the status of the handshake. */
    String handshake() {
        return preparation()
                + UPGRADE
                + origin.map(from -> " -H " + Shell.quote("origin: " + from)).orElse("")
                + " \"" + endpoint(base) + query() + "\"";
    }

    /** Opens a socket and sends these messages; needs websocat. */
    String messages(List<String> sent) {
        var lines = sent.stream().map(Shell::quote).collect(Collectors.joining(" "));
        return preparation() + "(printf '%s\\n' " + lines + "; sleep 20) | websocat \"" + socket(base) + query() + "\"";
    }

    private String preparation() {
        return token.byHand().isEmpty() ? "" : token.byHand() + "\n";
    }

    private String query() {
        return "?vsn=" + version + (token.text().isPresent() ? "&token=$SYNC_TOKEN" : "");
    }
}
