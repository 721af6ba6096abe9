package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.util.Map;

/** The three operations of the coding pack, as requests to GitHub's REST API. */
final class GitHubProvider {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final String baseUrl;
    private final SecretClient secrets;

    GitHubProvider(String baseUrl, SecretClient secrets) {
        this.baseUrl = baseUrl;
        this.secrets = secrets;
    }

    Map<String, Object> execute(String provider, Map<String, Object> request) throws ProviderFailure {
        var secret = secrets.fetch(provider, request);
        var headers = Map.of(
                "authorization", "Bearer " + secret,
                "accept", "application/vnd.github+json",
                "content-type", "application/json",
                "user-agent", "openagents-runtime");
        var repository = baseUrl + "/repos/" + request.get("repository");
        try {
            var answer = switch (String.valueOf(request.get("operation"))) {
                case "get_issue" -> get(repository + "/issues/" + request.get("issue_number"), headers);
                case "get_pull_request" -> get(repository + "/pulls/" + request.get("pull_number"), headers);
                default ->
                    HttpCall.send(
                            "POST",
                            repository + "/issues/" + request.get("issue_number") + "/comments",
                            headers,
                            Json.write(Json.object("body", request.get("body"))),
                            TIMEOUT_MILLIS);
            };
            if (!answer.isSuccess()) {
                throw ProviderFailure.error("http_status_" + answer.status());
            }
            return Json.object("state", "succeeded", "data", Json.parse(answer.body()));
        } catch (IOException unreachable) {
            throw ProviderFailure.error("transport_error");
        }
    }

    private static HttpCall.Answer get(String url, Map<String, String> headers) throws IOException {
        return HttpCall.send("GET", url, headers, null, TIMEOUT_MILLIS);
    }
}
