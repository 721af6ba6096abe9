package com.openagents.runbook.replica.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far back the server remembers, and what it does at the edges that no client library shows. */
class ApiServerHistoryTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int REMEMBERED = 3;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ApiServer server;

    @BeforeEach
    void start() {
        server = ApiServer.start(ApiServerOptions.defaults().withHistoryLimit(REMEMBERED));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.uri() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode configMap(String name) throws IOException, InterruptedException {
        var answer = send(
                "POST", "/api/v1/namespaces/default/configmaps", "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
        assertThat(answer.statusCode()).isEqualTo(201);
        return MAPPER.readTree(answer.body());
    }

    @Test
    void a_watch_from_a_remembered_version_resumes_where_it_left() throws Exception {
        var first = configMap("a").at("/metadata/resourceVersion").asText();
        configMap("b");

        var events = send(
                        "GET",
                        "/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=1&resourceVersion=" + first,
                        "")
                .body()
                .strip();

        assertThat(MAPPER.readTree(events).at("/object/metadata/name").asText()).isEqualTo("b");
    }

    @Test
    void a_watch_from_a_forgotten_version_is_told_so() throws Exception {
        var first = configMap("a").at("/metadata/resourceVersion").asText();
        for (int i = 0; i <= REMEMBERED; i++) {
            configMap("more-" + i);
        }

        var event = MAPPER.readTree(
                send("GET", "/api/v1/namespaces/default/configmaps?watch=true&resourceVersion=" + first, "")
                        .body());

        assertThat(event.path("type").asText()).isEqualTo("ERROR");
        assertThat(event.at("/object/code").asInt()).isEqualTo(410);
        assertThat(event.at("/object/reason").asText()).isEqualTo("Expired");
    }

    @Test
    void the_next_page_of_a_list_shows_the_state_of_the_first() throws Exception {
        configMap("a");
        configMap("c");
        var page = MAPPER.readTree(
                send("GET", "/api/v1/namespaces/default/configmaps?limit=1", "").body());
        configMap("b");

        var rest = MAPPER.readTree(send(
                        "GET",
                        "/api/v1/namespaces/default/configmaps?continue="
                                + page.at("/metadata/continue").asText(),
                        "")
                .body());

        assertThat(rest.path("items").findValuesAsText("name")).containsExactly("c");
    }

    @Test
    void an_unknown_token_is_refused_even_where_no_token_may_do_everything() throws Exception {
        assertThat(send("GET", "/api/v1/pods", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/api/v1/pods", "", "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_request_without_a_token_is_refused_where_the_options_say_so() throws Exception {
        try (var strict = ApiServer.start(ApiServerOptions.defaults().withAnonymousIsAdmin(false))) {
            var answer = http.send(
                    HttpRequest.newBuilder(strict.uri().resolve("/api/v1/pods")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void a_namespace_takes_its_content_with_it() throws Exception {
        send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"gone\"}}");
        send("POST", "/api/v1/namespaces/gone/secrets", "{\"metadata\":{\"name\":\"s\"}}");

        send("DELETE", "/api/v1/namespaces/gone", "");

        assertThat(send("GET", "/api/v1/namespaces/gone", "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/api/v1/namespaces/gone/secrets/s", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_namespace_stays_while_a_finalizer_holds_its_content() throws Exception {
        send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"held\"}}");
        send(
                "POST",
                "/api/v1/namespaces/held/secrets",
                "{\"metadata\":{\"name\":\"s\",\"finalizers\":[\"example.com/hold\"]}}");

        send("DELETE", "/api/v1/namespaces/held", "");
        var whileHeld =
                MAPPER.readTree(send("GET", "/api/v1/namespaces/held", "").body());
        var refused = send("POST", "/api/v1/namespaces/held/secrets", "{\"metadata\":{\"name\":\"t\"}}");
        send(
                "PATCH",
                "/api/v1/namespaces/held/secrets/s",
                "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]",
                "Content-Type",
                "application/json-patch+json");

        assertThat(whileHeld.at("/status/phase").asText()).isEqualTo("Terminating");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(send("GET", "/api/v1/namespaces/held", "").statusCode()).isEqualTo(404);
    }
}
