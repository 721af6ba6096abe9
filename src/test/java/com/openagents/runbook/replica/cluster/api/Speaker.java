package com.openagents.runbook.replica.cluster.api;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.openagents.runbook.replica.cluster.api.Conversation.Answer;
import com.openagents.runbook.replica.cluster.api.Conversation.Step;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Holds conversations with one API server. */
final class Speaker {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration ACCOUNT_LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final String base;
    private final String token;
    private final boolean hasControllers;
    private final HttpClient http;

    Speaker(String kubeconfig, boolean hasControllers) {
        var config = yaml(kubeconfig);
        this.base = config.at("/clusters/0/cluster/server").asText();
        this.token = config.at("/users/0/user/token").asText();
        this.hasControllers = hasControllers;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trustingAll())
                .build();
    }

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a kubeconfig", e);
        }
    }

    List<Answer> hold(Conversation conversation) {
        var namespace = "diff-" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> variables = new HashMap<>(Map.of("ns", namespace));
        send("POST", "/api/v1/namespaces", namespaceBody(namespace));
        try {
            awaitAccount(namespace);
            var answers = new ArrayList<Answer>();
            for (var step : conversation.steps()) {
                answers.add(Normal.of(step, ask(step, variables), variables));
            }
            return answers;
        } finally {
            send("DELETE", "/api/v1/namespaces/" + namespace, "");
        }
    }

    JsonNode get(String path) throws JsonProcessingException {
        return MAPPER.readTree(send("GET", path, "").body());
    }

    private Answer ask(Step step, Map<String, String> variables) {
        var words = filled(step.send(), variables).split(" ", 2);
        var body = step.text() != null
                ? step.text()
                : step.body() == null ? "" : step.body().toString();
        var request = HttpRequest.newBuilder(URI.create(base + escaped(words[1])))
                .method(words[0], HttpRequest.BodyPublishers.ofString(filled(body, variables)))
                .timeout(ANSWER_LIMIT)
                .header("Accept", step.accepted())
                .header("User-Agent", "differential/1.0")
                .header("Authorization", "Bearer " + (step.token() == null ? token : filled(step.token(), variables)));
        if (!body.isEmpty()) {
            request.header("Content-Type", step.type() == null ? "application/json" : step.type());
        }
        step.as().stream().limit(1).forEach(user -> request.header("Impersonate-User", user));
        step.as().stream().skip(1).forEach(group -> request.header("Impersonate-Group", group));
        settle(step);
        var answer = answer(send(request.build()), words[1].contains("watch="));
        settle(step);
        step.keep()
                .forEach((name, where) ->
                        variables.put(name, answer.body().at(where).asText()));
        return answer;
    }

    /** Lets the controllers of a real cluster catch up: nothing tells when they have. */
    private void settle(Step step) {
        if (step.settle() && hasControllers) {
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        }
    }

    private void awaitAccount(String namespace) {
        await().atMost(ACCOUNT_LIMIT)
                .until(() -> send("GET", "/api/v1/namespaces/" + namespace + "/serviceaccounts/default", "")
                                .statusCode()
                        == 200);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(ANSWER_LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.method() + " " + request.uri() + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Answer answer(HttpResponse<String> response, boolean stream) {
        try {
            if (stream && response.statusCode() == 200) {
                var events = JsonNodeFactory.instance.arrayNode();
                for (var line : response.body().split("\n")) {
                    if (!line.isBlank()) {
                        events.add(MAPPER.readTree(line));
                    }
                }
                return new Answer(200, events);
            }
            var body = response.body().isEmpty() ? NullNode.getInstance() : MAPPER.readTree(response.body());
            return new Answer(response.statusCode(), body);
        } catch (JsonProcessingException e) {
            return new Answer(response.statusCode(), TextNode.valueOf(response.body()));
        }
    }

    static String filled(String text, Map<String, String> variables) {
        var filled = text;
        // Longer names first, so that $rv2 is not read as $rv and a 2.
        var names = variables.keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .toList();
        for (var name : names) {
            filled = filled.replace("$" + name, variables.get(name));
        }
        return filled;
    }

    private static String escaped(String path) {
        return path.replace("(", "%28").replace(")", "%29").replace("!", "%21").replace(",", "%2C");
    }

    private static String namespaceBody(String name) {
        JsonNode body = MAPPER.createObjectNode()
                .put("kind", "Namespace")
                .put("apiVersion", "v1")
                .set("metadata", MAPPER.createObjectNode().put("name", name));
        return body.toString();
    }

    /** The test clusters sign their own certificates. */
    private static SSLContext trustingAll() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    private static final class TrustAll extends javax.net.ssl.X509ExtendedTrustManager implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
