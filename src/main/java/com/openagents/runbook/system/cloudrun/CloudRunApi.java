package com.openagents.runbook.system.cloudrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.HttpCall;
import com.openagents.runbook.system.http.HttpCaller;
import com.openagents.runbook.system.http.JsonText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of the Cloud Run Admin API v2 (contract 2.4). What it does not answer well is {@link CouldNotCheck}. */
final class CloudRunApi {
    static final String SYSTEM = "cloud-run";

    /** Cloud Run keeps a thousand revisions and executions at most. */
    private static final int MOST_PAGES = 20;

    private static final int PAGE = 100;

    private final CloudRunAccess access;

    CloudRunApi(CloudRunAccess access) {
        this.access = access;
    }

    /** @param path below the region, for example {@code services/runtime} */
    JsonNode get(String path) {
        var uri = URI.create("%s/v2/projects/%s/locations/%s/%s"
                .formatted(
                        access.base().toString().replaceAll("/+$", ""),
                        encoded(access.project()),
                        encoded(access.region()),
                        path));
        var credential = new HttpCall.Credential(
                "authorization", "Bearer " + access.token().get(), "Bearer $TOKEN");
        var answer = new HttpCaller(SYSTEM, access.patience())
                .ask(new HttpCall(
                        "GET",
                        uri,
                        Map.of(),
                        Optional.of(credential),
                        Optional.empty(),
                        "TOKEN=$(gcloud auth print-access-token)"));
        var body = JsonText.read(answer.body());
        if (answer.status() != 200 || !body.isObject()) {
            throw refused(answer);
        }
        return body;
    }

    /** Every item of a list, from all its pages. */
    List<JsonNode> list(String path, String items) {
        var all = new ArrayList<JsonNode>();
        var token = "";
        for (int page = 1; page <= MOST_PAGES; page++) {
            var answer = get(path + "?pageSize=" + PAGE + (token.isEmpty() ? "" : "&pageToken=" + encoded(token)));
            answer.path(items).forEach(all::add);
            token = answer.path("nextPageToken").asText("");
            if (token.isEmpty()) {
                return all;
            }
        }
        throw new CouldNotCheck(
                "%s lists %s on more than %d pages: the newest cannot be told".formatted(SYSTEM, path, MOST_PAGES));
    }

    private CouldNotCheck refused(Answer answer) {
        return new CouldNotCheck("%s at %s answers %s with %s: %s. Ask it by hand:\n%s"
                .formatted(SYSTEM, access.base(), answer.asked(), words(answer), advice(answer), answer.command()));
    }

    /** The error envelope of Google's APIs names the status in words. */
    private static String words(Answer answer) {
        return answer.part("error.status")
                .map(status -> answer.status() + " " + status + " (" + answer.message() + ")")
                .orElseGet(() -> answer.isJson() ? answer.words() : answer.status() + " and no JSON");
    }

    private String advice(Answer answer) {
        return switch (answer.status()) {
            case 401 ->
                "renew the credentials: gcloud auth application-default login, or the token behind"
                        + " systems.cloud-run.token, which lives for an hour";
            case 403 -> "give the account of the runbook the role roles/run.viewer in project " + access.project();
            case 404 -> "check project, region, service and job under systems.cloud-run";
            case 429 -> "the quota is used up, try later";
            default -> answer.isJson() ? "try later" : "check that systems.cloud-run.url is the Cloud Run Admin API";
        };
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
