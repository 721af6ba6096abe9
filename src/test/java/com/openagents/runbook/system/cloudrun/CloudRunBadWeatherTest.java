package com.openagents.runbook.system.cloudrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.http.RawServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not answer well is a clear reason within a bounded time, and never a state. */
class CloudRunBadWeatherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(300);
    private static final String SERVICE = """
            {"name": "projects/p/locations/r/services/s",
             "template": {"containers": [{"image": "a:1"}]},
             "latestCreatedRevision": "projects/p/locations/r/services/s/revisions/s-2",
             "latestReadyRevision": "projects/p/locations/r/services/s/revisions/s-2",
             "trafficStatuses": [{"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", "percent": 100}, {"tag": "blue"}],
             "terminalCondition": {"type": "Ready", "state": "CONDITION_SUCCEEDED"},
             "revisions": [{"name": "projects/p/locations/r/services/s/revisions/s-2",
               "createTime": "2026-03-01T12:00:00.123456Z", "containers": [{"image": "a:1"}]}]}""";

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "403 Forbidden|PERMISSION_DENIED|roles/run.viewer",
                "404 Not Found|NOT_FOUND|check project, region, service and job",
                "429 Too Many Requests|RESOURCE_EXHAUSTED|the quota is used up",
                "500 Internal Server Error|INTERNAL|try later",
                "503 Service Unavailable|UNAVAILABLE|try later",
            })
    void an_error_is_told_with_its_word_and_what_to_do(String line, String word, String advice) {
        var body = "{\"error\": {\"code\": 1, \"status\": \"" + word + "\", \"message\": \"said so\"}}";
        try (var server =
                RawServer.answering("HTTP/1.1 " + line + "\r\ncontent-type: application/json\r\n\r\n" + body)) {
            assertThatThrownBy(() -> system(server.uri(), PATIENCE).migrationJob(""))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining(word)
                    .hasMessageContaining("said so")
                    .hasMessageContaining(advice)
                    .hasMessageContaining("gcloud auth print-access-token")
                    .hasMessageNotContaining("a-secret-token");
        }
    }

    @Test
    void an_html_page_is_no_answer_even_with_200() {
        try (var server =
                RawServer.answering("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>sign in</html>")) {
            assertThatThrownBy(() -> system(server.uri(), PATIENCE).service(""))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining("200 and no JSON")
                    .hasMessageContaining("check that systems.cloud-run.url is the Cloud Run Admin API");
        }
    }

    @Test
    void an_object_without_what_matters_is_no_state() {
        try (var server = RawServer.answering("HTTP/1.1 200 OK\r\n\r\n{\"name\": \"jobs/j\"}")) {
            assertThatThrownBy(() -> system(server.uri(), PATIENCE).migrationJob(""))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining("does not tell image");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "CONDITION_SUCCEEDED,SUCCEEDED",
        "CONDITION_FAILED,FAILED",
        "CONDITION_RECONCILING,RUNNING",
        "CONDITION_PENDING,RUNNING",
        "CONDITION_OF_TOMORROW,''"
    })
    void only_the_words_that_the_api_has_are_understood(String state, String outcome) {
        var body = """
                {"executions": [{"name": "jobs/j/executions/j-1", "createTime": "2026-03-01T12:00:00Z",
                  "template": {"containers": [{"image": "a:1"}]},
                  "conditions": [{"type": "Started", "state": "CONDITION_SUCCEEDED"},
                    {"type": "Completed", "state": "%s"}]}]}""".formatted(state);
        try (var server = RawServer.answering("HTTP/1.1 200 OK\r\n\r\n" + body)) {
            var system = system(server.uri(), PATIENCE);
            if (outcome.isEmpty()) {
                assertThatThrownBy(() -> system.migrations(""))
                        .isInstanceOf(CouldNotCheck.class)
                        .hasMessageContaining(state);
            } else {
                assertThat(system.migrations("").newest().orElseThrow().outcome())
                        .hasToString(outcome);
            }
        }
    }

    @Test
    void traffic_to_the_latest_revision_is_told_by_its_name() {
        try (var server = RawServer.answering("HTTP/1.1 200 OK\r\n\r\n" + SERVICE)) {
            assertThat(system(server.uri(), PATIENCE).service("").traffic())
                    .containsExactly(new ServiceState.Traffic("s-2", 100));
        }
    }

    @Test
    void pages_without_an_end_are_given_up() {
        try (var server =
                RawServer.answering("HTTP/1.1 200 OK\r\n\r\n{\"executions\": [], \"nextPageToken\": \"on\"}")) {
            assertThatThrownBy(() -> system(server.uri(), PATIENCE).migrations(""))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining("on more than 20 pages");
        }
    }

    @Test
    void silence_and_nobody_end_within_the_patience() {
        try (var server = RawServer.silent()) {
            assertThatThrownBy(() -> system(server.uri(), SHORT_PATIENCE).service(""))
                    .isInstanceOf(CouldNotCheck.class)
                    .hasMessageContaining("does not answer");
        }
        assertThatThrownBy(() -> system(RawServer.nobody(), PATIENCE).service(""))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void a_tag_and_a_digest_of_one_image_cannot_be_held_against_each_other() {
        var tag = new ImageReference("registry.test:5000/a/runtime:1");
        var digest = new ImageReference("registry.test:5000/a/runtime@sha256:00");

        assertThat(tag.isSameAs(tag)).isTrue();
        assertThat(tag.isSameAs(new ImageReference("registry.test:5000/a/runtime:2")))
                .isFalse();
        assertThat(tag.isSameAs(new ImageReference("registry.test:5000/b/runtime@sha256:00")))
                .isFalse();
        assertThatThrownBy(() -> tag.isSameAs(digest))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("deploy by digest");
    }

    @Test
    void a_token_of_the_application_default_credentials_is_masked_from_then_on() {
        var hidden = new ArrayList<String>();
        var token = new AccessToken("ya29.secret", Date.from(Instant.now().plus(Duration.ofHours(1))));

        assertThat(new ApplicationDefaultToken(PATIENCE, hidden::add, () -> GoogleCredentials.create(token)).get())
                .isEqualTo("ya29.secret");
        assertThat(hidden).containsExactly("ya29.secret");
    }

    @Test
    void without_application_default_credentials_it_says_how_to_get_them() {
        var none = new ApplicationDefaultToken(PATIENCE, hidden -> {}, () -> {
            throw new IOException("none were found\nsecond line");
        });

        assertThatThrownBy(none::get)
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("give no access token: none were found.")
                .hasMessageContaining("gcloud auth application-default login")
                .hasMessageNotContaining("second line");
    }

    @Test
    void credentials_that_do_not_come_are_not_waited_for() {
        var never = new CountDownLatch(1);
        var slow = new ApplicationDefaultToken(SHORT_PATIENCE, hidden -> {}, () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("late");
        });

        assertThatThrownBy(slow::get).isInstanceOf(CouldNotCheck.class).hasMessageContaining("no answer within");
        never.countDown();
    }

    private static CloudRunSystem system(URI base, Duration patience) {
        return new CloudRunSystem(
                new CloudRunAccess(
                        base, "p", "r", "s", "j", Optional.empty(), Optional.empty(), () -> "a-secret-token", patience),
                seen -> {});
    }
}
