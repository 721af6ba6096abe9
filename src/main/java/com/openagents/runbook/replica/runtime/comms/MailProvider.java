package com.openagents.runbook.replica.runtime.comms;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.tools.HttpCall;
import java.io.IOException;
import java.util.Map;

/**
 * A provider that takes messages over HTTP.
 *
 * @param baseUrl empty if there is none
 */
public record MailProvider(String name, String baseUrl) {
    private static final int TIMEOUT_MILLIS = 2_000;

    boolean isConfigured() {
        return !baseUrl.isEmpty();
    }

    /** @throws IOException if the provider does not take the message */
    boolean send(Map<String, Object> message) throws IOException {
        var headers = Map.of("content-type", "application/json", "accept", "application/json");
        var url = baseUrl + "/" + name + "/emails";
        var answer = HttpCall.send("POST", url, headers, Json.write(message), TIMEOUT_MILLIS);
        if (!answer.isSuccess()) {
            throw new IOException("status " + answer.status());
        }
        return true;
    }
}
