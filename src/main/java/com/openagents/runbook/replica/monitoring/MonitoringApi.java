package com.openagents.runbook.replica.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The little that the replica itself asks Prometheus and Alertmanager: whether they are ready, and to read again. */
final class MonitoringApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String UNKNOWN = "unknown";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    void await(String what, Duration limit, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("waited " + limit.toSeconds() + " s in vain for " + what, e);
        }
    }

    boolean isReady(URI program) {
        try {
            return send("GET", program, "/-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    void reload(URI prometheus) {
        try {
            var answer = send("POST", prometheus, "/-/reload");
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("Prometheus does not take the new configuration: " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("Prometheus does not answer: " + e.getMessage(), e);
        }
    }

    /** How many targets were scraped at least twice, as a rate needs it. */
    long targetsSeenTwice(URI prometheus) throws IOException {
        return data(prometheus, "query?query=count(count_over_time(up%5B1h%5D)%3E1)")
                .path("result")
                .path(0)
                .path("value")
                .path(1)
                .asLong();
    }

    boolean rulesEvaluated(URI prometheus) throws IOException {
        return stream(data(prometheus, "rules").path("groups"))
                .flatMap(group -> stream(group.path("rules")))
                .noneMatch(rule -> UNKNOWN.equals(rule.path("health").asText()));
    }

    boolean holdsAlert(URI alertmanager, String alert) {
        try {
            var held = JSON.readTree(send("GET", alertmanager, "/api/v2/alerts").body());
            return stream(held)
                    .anyMatch(one ->
                            alert.equals(one.path("labels").path("alertname").asText()));
        } catch (IOException notNow) {
            return false;
        }
    }

    private JsonNode data(URI prometheus, String question) throws IOException {
        return JSON.readTree(send("GET", prometheus, "/api/v1/" + question).body())
                .path("data");
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private HttpResponse<String> send(String method, URI program, String path) throws IOException {
        var request = HttpRequest.newBuilder(program.resolve(path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + program, e);
        }
    }
}
