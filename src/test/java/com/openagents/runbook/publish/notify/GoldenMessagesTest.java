package com.openagents.runbook.publish.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.report.RunVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each receiver gets. After an intended change, {@code -Dgolden.update=true} writes the files anew. */
class GoldenMessagesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/com/openagents/runbook/publish/notify");
    private static final Instant SINCE = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant AT = Instant.parse("2026-11-24T06:15:00Z");

    private static final Notice NEW = new Notice(
            Notice.Kind.NEW,
            "1-every-runtime-pod-is-healthy",
            "1",
            "Every runtime pod is healthy",
            "critical",
            SINCE,
            "Runtime pods are healthy: 1 of 3 pods is not ready & <waits>",
            List.of("runtime-2   CrashLoopBackOff, 7 restarts"),
            "3.2",
            "check pod restarts and recent deploys",
            "kubectl --context gke-prod -n openagents describe pod runtime-2");
    private static final Notice STILL = new Notice(
            Notice.Kind.STILL_FAILING,
            "5-the-secret-is-young",
            "5",
            "The secret is young",
            "",
            SINCE,
            "The runbook itself broke: no such table",
            List.of(),
            "",
            "",
            "");
    private static final Notice FIXED = over(Notice.Kind.FIXED, "1-the-autoscaler-is-calm", "The autoscaler is calm");
    private static final Notice WAIVED = over(Notice.Kind.WAIVED, "1-the-budget-holds", "The budget holds");

    private static Notice over(Notice.Kind kind, String id, String name) {
        return new Notice(kind, id, "1", name, "high", SINCE, "", List.of(), "", "", "");
    }

    private static Message message(List<Notice> changes, String link) {
        return new Message(
                "staging", "openagents", "20261124T061500Z-ab12", RunVerdict.FAILED, AT, link, changes, List.of(STILL));
    }

    private static Message message() {
        return message(
                List.of(NEW, STILL, FIXED, WAIVED), "https://reports.example.org/20261124T061500Z-ab12/report.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "teams", "pagerduty", "alertmanager", "webhook"})
    void each_service_gets_its_own_json(String service) throws IOException {
        var text = switch (service) {
            case "slack" -> SlackMessage.of(message());
            case "teams" -> TeamsCard.of(message());
            case "pagerduty" ->
                message().changes().stream()
                        .map(notice -> PagerDutyEvents.event(message(), notice))
                        .toList()
                        .toString();
            case "alertmanager" -> AlertmanagerAlerts.body(message());
            default -> WebhookJson.of(message());
        };
        compare(service + ".json", pretty(text));
    }

    @Test
    void people_get_mail_in_plain_text() throws IOException {
        compare("mail.txt", MailText.subject(message()) + "\n\n" + MailText.of(message()));
    }

    @Test
    void without_an_address_of_the_reports_there_is_no_link() {
        var without = message(List.of(NEW, FIXED), "");

        for (var text : List.of(
                SlackMessage.of(without),
                TeamsCard.of(without),
                AlertmanagerAlerts.body(without),
                PagerDutyEvents.event(without, NEW).toString(),
                MailText.of(without))) {
            assertThat(text).doesNotContain("http://report", "https://", "<|", "generatorURL", "client_url");
        }
    }

    @Test
    void more_than_a_service_takes_is_counted() {
        var many = IntStream.range(0, 23)
                .mapToObj(i -> over(Notice.Kind.FIXED, "1-check-" + i, "Check number " + i))
                .toList();

        for (var text : List.of(
                SlackMessage.of(message(many, "")), TeamsCard.of(message(many, "")), MailText.of(message(many, "")))) {
            assertThat(text)
                    .contains("Check number 19", "and 3 more, see the report")
                    .doesNotContain("Check number 20");
        }
        assertThat(WebhookJson.of(message(many, ""))).contains("Check number 22");
    }

    @Test
    void long_findings_still_fit_into_what_a_service_takes() {
        var text = "x".repeat(400);
        var many = IntStream.range(0, 20)
                .mapToObj(i -> new Notice(
                        Notice.Kind.NEW, "1-" + i, "1", text, "", SINCE, text, List.of(text, text), "1", text, text))
                .toList();

        assertThat(TeamsCard.of(message(many, "")).length()).isBetween(10_000, 28_000);
        assertThat(TeamsCard.of(message(many, ""))).contains("and 14 more, see the report");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "`&", "\ud83d\udd25", "ä"})
    void what_grows_when_it_is_escaped_still_fits_into_a_section_of_slack(String character) throws IOException {
        var text = character.repeat(400 / character.length());
        var long1 = new Notice(
                Notice.Kind.NEW, "1-x", "1", text, "", SINCE, text, List.of(text, text, text), "1", text, text);

        new ObjectMapper()
                .readTree(SlackMessage.of(message(List.of(long1, NEW), "")))
                .path("blocks")
                .forEach(block -> assertThat(block.path("text").path("text").asText())
                        .hasSizeLessThanOrEqualTo(3000)
                        .doesNotContainPattern("&[a-z]*…")
                        .satisfies(shown ->
                                assertThat(shown.split("```", -1).length % 2).isOne()));
    }

    private static String pretty(String json) throws JsonProcessingException {
        var mapper = new ObjectMapper();
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(json)) + "\n";
    }

    private static void compare(String name, String actual) throws IOException {
        var golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
