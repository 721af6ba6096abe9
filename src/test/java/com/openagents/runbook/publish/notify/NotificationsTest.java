package com.openagents.runbook.publish.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Delivery;
import com.openagents.runbook.publish.Receiver;
import com.openagents.runbook.report.PlayedRun;
import com.openagents.runbook.report.Waiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told over several runs, to real servers. */
class NotificationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "https-hooks-are-secret";

    private static final String WAIVERS = """
            {"waivers": [{"id": "W1", "scenario": "A pod", "owner": "o", "approver": "a", "ticket": "T-1", "reason": "r",
            "risk": "none", "from": "2026-11-01T00:00:00Z", "until": "2026-12-01T00:00:00Z"}]}""";

    private final Redactor redactor = new Redactor();
    private Receiver receiver;
    private ToldRuns runs;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        runs = new ToldRuns(folder, redactor, this::secret);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private String secret(String reference) {
        return reference.equals("env:HOOK") ? receiver.url() + "/" + SECRET : "routing-key-of-ours";
    }

    private Notify.To webhook() {
        return new Notify.To(null, null, null, null, new Notify.Receiver(receiver.url(), null), null);
    }

    private Notify notify(Integer every, Notify.QuietHours quiet) {
        return new Notify(null, every, quiet, webhook());
    }

    private static Instant at(int day, String time) {
        return Instant.parse("2026-11-%02dT%s:00Z".formatted(day, time));
    }

    private static PlayedRun run(int day, char verdict) {
        var run = PlayedRun.on(day).passes("Another one");
        return switch (verdict) {
            case 'P' -> run.passes("A pod");
            case 'F' -> run.fails("A pod");
            case 'I' -> run.cannotCheck("A pod");
            case 'W' -> run.fails("A pod").attached(Waiver.MEDIA_TYPE, WAIVERS);
            default -> run;
        };
    }

    private static List<String> changes(String body) {
        try {
            var changes = new ArrayList<String>();
            JSON.readTree(body)
                    .path("changes")
                    .forEach(change -> changes.add(change.path("change").asText() + " "
                            + change.path("scenario").asText()));
            return changes;
        } catch (IOException e) {
            throw new IllegalStateException(body, e);
        }
    }

    /** What is told from here on. */
    private List<String> toldSince(int before) {
        return receiver.bodies().subList(before, receiver.told().size()).stream()
                .flatMap(body -> changes(body).stream())
                .toList();
    }

    /** A run after the other, one a letter: passed, failed, incomplete, not selected; and what each tells, one a letter. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            PPFPP,   0, ..nf.
            FFFPP,   0, n..f.
            PFIFP,   0, .n..f
            PFIP,    0, .n.f
            PF_P,    0, .n.f
            PIIP,    0, ....
            FPFP,    0, nfnf
            PFFFFFP, 2, .n.s.sf
            FFFFFFF, 3, n..s..s
            FIFFF,   2, n..s.
            FWWP,    0, nw..
            FWF,     0, nwn
            PWP,     0, ...
            """)
    void exactly_the_changes_are_told_once(String verdicts, int every, String told) throws IOException {
        var letters = new StringBuilder();
        for (int i = 0; i < verdicts.length(); i++) {
            int before = receiver.told().size();
            runs.tell(run(i + 1, verdicts.charAt(i)), notify(every == 0 ? null : every, null), at(i + 1, "12:00"));
            var changes = toldSince(before);
            assertThat(changes).hasSizeLessThan(2).allMatch(change -> change.endsWith(" 1-a-pod"));
            letters.append(changes.isEmpty() ? '.' : changes.get(0).charAt(0));
        }
        assertThat(letters).hasToString(told);
    }

    @Test
    void all_changes_of_a_run_are_one_message_with_the_next_action_and_the_command() throws IOException {
        var link = new Notify("https://reports.example.org/", null, null, webhook());

        runs.tell(PlayedRun.on(1).fails("A pod").passes("A database"), link, at(1, "12:00"));
        runs.tell(PlayedRun.on(2).passes("A pod").fails("A database"), link, at(2, "12:00"));

        assertThat(receiver.bodies()).hasSize(2);
        assertThat(receiver.bodies().get(1))
                .contains(
                        "\"change\":\"fixed\",\"scenario\":\"1-a-pod\"",
                        "\"change\":\"new\",\"scenario\":\"1-a-database\"",
                        "\"since\":\"2026-11-01T06:00:00Z\"",
                        "\"finding\":\"A database is well: A database is not well\"",
                        "\"next\":\"look at it\"",
                        "\"see\":\"kubectl describe pod runtime-0\"",
                        "\"report\":\"https://reports.example.org/20261102T060000Z/report.html\"");
    }

    @Test
    void what_did_not_arrive_is_told_again_until_it_does() throws IOException {
        receiver.answers(400, "").answers(400, "");

        var first = runs.tell(run(1, 'F'), notify(null, null), at(1, "12:00"));
        runs.tell(run(2, 'F'), notify(null, null), at(2, "12:00"));
        int before = receiver.told().size();
        runs.tell(run(3, 'F'), notify(null, null), at(3, "12:00"));
        runs.tell(run(4, 'F'), notify(null, null), at(4, "12:00"));

        assertThat(first.deliveries()).extracting(Delivery::delivered).containsExactly(false);
        assertThat(toldSince(before)).containsExactly("new 1-a-pod");
        assertThat(receiver.bodies().get(before)).contains("\"since\":\"2026-11-01T06:00:00Z\"");
    }

    @Test
    void a_finding_that_could_not_be_told_is_told_when_it_is_over() throws IOException {
        receiver.answers(400, "");

        runs.tell(run(1, 'F'), notify(null, null), at(1, "12:00"));
        int before = receiver.told().size();
        runs.tell(run(2, 'P'), notify(null, null), at(2, "12:00"));
        runs.tell(run(3, 'P'), notify(null, null), at(3, "12:00"));

        assertThat(toldSince(before)).containsExactly("fixed 1-a-pod");
    }

    @Test
    void an_end_that_could_not_be_told_is_told_by_the_next_run() throws IOException {
        runs.tell(run(1, 'F'), notify(null, null), at(1, "12:00"));
        receiver.answers(400, "");
        runs.tell(run(2, 'P'), notify(null, null), at(2, "12:00"));
        int before = receiver.told().size();
        runs.tell(run(3, 'P'), notify(null, null), at(3, "12:00"));
        runs.tell(run(4, 'P'), notify(null, null), at(4, "12:00"));

        assertThat(toldSince(before)).containsExactly("fixed 1-a-pod");
    }

    @Test
    void each_receiver_is_told_for_itself() throws IOException {
        try (var slack = new Receiver()) {
            var hooks = new ToldRuns(folder, redactor, reference -> slack.url());
            var both = new Notify(
                    null,
                    null,
                    null,
                    new Notify.To(
                            new Notify.Hook("env:HOOK"),
                            null,
                            null,
                            null,
                            new Notify.Receiver(receiver.url(), null),
                            null));
            slack.answers(404, "no_service");

            hooks.tell(run(1, 'F'), both, at(1, "12:00"));
            hooks.tell(run(2, 'F'), both, at(2, "12:00"));
            hooks.tell(run(3, 'F'), both, at(3, "12:00"));

            assertThat(slack.told()).hasSize(2);
            assertThat(receiver.told()).hasSize(1);
        }
    }

    /** In Berlin it is one hour later than the times here. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            high,     20:59 21:00 05:59, FFF, n..
            high,     21:00 05:59 06:00, FFF, ..n
            high,     21:00 02:00 06:00, FPP, ...
            high,     20:00 02:00 06:00, FPP, n.f
            critical, 21:00 02:00 06:00, FFP, n.f
            critical, 21:00 02:00 06:00, FPP, nf.
            """)
    void in_quiet_hours_only_what_is_critical_is_told_and_the_rest_after_them(
            String severity, String times, String verdicts, String told) throws IOException {
        var quiet = new Notify.QuietHours("22:00", "07:00", "Europe/Berlin", null);
        assertThat(played(severity, times, verdicts, quiet)).isEqualTo(told);
    }

    @Test
    void critical_findings_can_wait_as_well() throws IOException {
        var quiet = new Notify.QuietHours("22:00", "07:00", "Europe/Berlin", false);
        assertThat(played("critical", "21:00 02:00 06:00", "FFF", quiet)).isEqualTo("..n");
    }

    @Test
    void quiet_hours_may_lie_within_a_day() throws IOException {
        var lunch = new Notify.QuietHours("12:00", "13:00", "UTC", null);
        assertThat(played("high", "11:59 12:00 12:59 13:00", "PFFF", lunch)).isEqualTo("...n");
    }

    private String played(String severity, String times, String verdicts, Notify.QuietHours quiet) throws IOException {
        var letters = new StringBuilder();
        for (int i = 0; i < verdicts.length(); i++) {
            int before = receiver.told().size();
            var run = run(i + 1, verdicts.charAt(i)).severity(severity);
            runs.tell(run, notify(null, quiet), at(i + 1, times.split(" ")[i]));
            var changes = toldSince(before);
            letters.append(changes.isEmpty() ? '.' : changes.get(0).charAt(0));
        }
        return letters.toString();
    }

    @Test
    void pagerduty_gets_an_incident_for_each_scenario_and_ends_it_also_at_night() throws IOException {
        var quiet = new Notify.QuietHours("22:00", "07:00", "UTC", null);
        var to = new Notify.To(null, null, new Notify.PagerDuty(receiver.url(), "env:KEY"), null, null, null);
        var notify = new Notify(null, null, quiet, to);
        redactor.hide("routing-key-of-ours");

        runs.tell(PlayedRun.on(1).fails("A pod").fails("A database"), notify, at(1, "12:00"));
        runs.tell(PlayedRun.on(2).fails("A pod").fails("A database"), notify, at(2, "12:00"));
        runs.tell(PlayedRun.on(3).passes("A pod").fails("A database"), notify, at(3, "23:00"));

        assertThat(receiver.bodies())
                .hasSize(3)
                .allMatch(body -> body.contains("\"routing_key\":\"routing-key-of-ours\""));
        assertThat(receiver.bodies().subList(0, 2))
                .allMatch(body -> body.contains("\"event_action\":\"trigger\""))
                .anyMatch(body -> body.contains("\"dedup_key\":\"runbook/staging/1-a-pod\""))
                .anyMatch(body -> body.contains("\"dedup_key\":\"runbook/staging/1-a-database\""));
        assertThat(receiver.bodies().get(2))
                .contains("\"event_action\":\"resolve\"", "\"dedup_key\":\"runbook/staging/1-a-pod\"");
    }

    @Test
    void an_alertmanager_is_reminded_of_what_stands_until_it_is_over() throws IOException {
        var to = new Notify.To(null, null, null, new Notify.Receiver(receiver.url() + "/am", null), null, null);
        var notify = new Notify(null, null, null, to);

        runs.tell(run(1, 'P'), notify, at(1, "12:00"));
        runs.tell(run(2, 'F'), notify, at(2, "12:00"));
        runs.tell(run(3, 'F'), notify, at(3, "12:00"));
        runs.tell(run(4, 'P'), notify, at(4, "12:00"));
        runs.tell(run(5, 'P'), notify, at(5, "12:00"));

        assertThat(receiver.told()).extracting(Receiver.Told::line).containsOnly("POST /am/api/v2/alerts");
        assertThat(receiver.bodies())
                .extracting(body -> body.replaceAll(".*\"startsAt\":\"(.*?)\",\"endsAt\":\"(.*?)\".*", "$1 $2"))
                .containsExactly(
                        "2026-11-02T06:00:00Z 2026-11-04T12:00:00Z",
                        "2026-11-02T06:00:00Z 2026-11-05T12:00:00Z",
                        "2026-11-02T06:00:00Z 2026-11-04T12:00:00Z");
    }

    private Notify alertmanager(Notify.QuietHours quiet) {
        var to = new Notify.To(null, null, null, new Notify.Receiver(receiver.url(), null), null, null);
        return new Notify(null, null, quiet, to);
    }

    @Test
    void an_alert_that_did_not_arrive_waits_for_the_end_of_quiet_hours() throws IOException {
        var night = alertmanager(new Notify.QuietHours("22:00", "07:00", "UTC", null));
        receiver.answers(400, "");
        runs.tell(run(1, 'F'), night, at(1, "12:00"));
        int before = receiver.told().size();

        runs.tell(run(2, 'F'), night, at(2, "23:00"));
        assertThat(receiver.told()).hasSize(before);

        runs.tell(run(3, 'F'), night, at(3, "07:00"));
        assertThat(receiver.told()).hasSize(before + 1);
    }

    @Test
    void an_alert_stands_while_nobody_can_look_whether_it_is_over() throws IOException {
        var notify = alertmanager(null);
        runs.tell(run(1, 'F'), notify, at(1, "12:00"));
        runs.tell(run(2, 'I'), notify, at(2, "12:00"));
        runs.tell(run(3, 'I'), notify, at(3, "12:00"));
        runs.tell(run(4, 'P'), notify, at(4, "12:00"));

        assertThat(receiver.bodies()).hasSize(4);
        assertThat(receiver.bodies().get(2))
                .contains(
                        "It was a finding, and could not be checked since 2026-11-02T06:00:00Z: nobody answered",
                        "\"startsAt\":\"2026-11-01T06:00:00Z\",\"endsAt\":\"2026-11-05T12:00:00Z\"");
        assertThat(receiver.bodies().get(3)).contains("\"endsAt\":\"2026-11-04T12:00:00Z\"");
    }

    @Test
    void runs_that_end_at_the_same_time_forget_nothing_of_each_other() throws IOException {
        var notify = notify(null, null);
        var first = runs.due(PlayedRun.on(1).fails("A pod"), notify, at(1, "12:00"));
        var second = runs.due(PlayedRun.on(1).fails("A database"), notify, at(1, "12:00"));
        var arrived = List.of(new Delivery("webhook", "1 change", 1, ""));
        assertThat(second.settle(arrived)).isEmpty();
        assertThat(first.settle(arrived)).isEmpty();

        runs.tell(PlayedRun.on(2).fails("A pod").fails("A database"), notify, at(2, "12:00"));

        assertThat(receiver.told()).isEmpty();
    }

    @Test
    void no_secret_is_told() throws IOException {
        redactor.hide("runtime-0");

        runs.tell(run(1, 'F'), notify(null, null), at(1, "12:00"));

        assertThat(receiver.bodies().get(0))
                .contains("kubectl describe pod [REDACTED]")
                .doesNotContain("runtime-0");
    }

    @Test
    void what_was_told_and_cannot_be_read_is_said_and_told_again() throws IOException {
        runs.tell(run(1, 'F'), notify(null, null), at(1, "12:00"));
        Files.writeString(folder.resolve("staging.told.json"), "{\"version\":");

        var outcome = runs.tell(run(2, 'F'), notify(null, null), at(2, "12:00"));

        assertThat(receiver.told()).hasSize(2);
        assertThat(outcome.problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("What was told before cannot be read, so it is told again: ")
                .endsWith("staging.told.json: it is not what was written");
    }

    @Test
    void what_cannot_be_remembered_is_told_all_the_same() throws IOException {
        Files.createDirectories(folder.resolve("staging.told.json.part/in the way"));

        var outcome = runs.tell(run(1, 'F'), notify(null, null), at(1, "12:00"));

        assertThat(receiver.told()).hasSize(1);
        assertThat(outcome.problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("What was told cannot be remembered, so it may be told again: ");
    }
}
