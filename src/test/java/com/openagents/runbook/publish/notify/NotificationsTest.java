package com.openagents.runbook.publish.notify;

import static com.openagents.runbook.publish.notify.ToldRuns.at;
import static com.openagents.runbook.publish.notify.ToldRuns.run;
import static com.openagents.runbook.publish.notify.WebhookChanges.toldSince;
import static com.openagents.runbook.publish.notify.WebhookChanges.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Delivery;
import com.openagents.runbook.publish.Receiver;
import com.openagents.runbook.report.PlayedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told over several runs, to real servers. */
class NotificationsTest {
    private final Redactor redactor = new Redactor();

    @AutoClose
    private Receiver receiver;

    private ToldRuns runs;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        runs = new ToldRuns(folder, redactor, UnaryOperator.identity());
    }

    private Notify notify(Integer every) {
        return new Notify(null, every, null, webhook(receiver));
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
            runs.tell(run(i + 1, verdicts.charAt(i)), notify(every == 0 ? null : every), at(i + 1, "12:00"));
            var changes = toldSince(receiver, before);
            assertThat(changes).hasSizeLessThan(2).allMatch(change -> change.endsWith(" 1-a-pod"));
            letters.append(changes.isEmpty() ? '.' : changes.get(0).charAt(0));
        }
        assertThat(letters).hasToString(told);
    }

    @Test
    void all_changes_of_a_run_are_one_message_with_the_next_action_and_the_command() throws IOException {
        var link = new Notify("https://reports.example.org/", null, null, webhook(receiver));

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

        var first = runs.tell(run(1, 'F'), notify(null), at(1, "12:00"));
        runs.tell(run(2, 'F'), notify(null), at(2, "12:00"));
        int before = receiver.told().size();
        runs.tell(run(3, 'F'), notify(null), at(3, "12:00"));
        runs.tell(run(4, 'F'), notify(null), at(4, "12:00"));

        assertThat(first.deliveries()).extracting(Delivery::delivered).containsExactly(false);
        assertThat(toldSince(receiver, before)).containsExactly("new 1-a-pod");
        assertThat(receiver.bodies().get(before)).contains("\"since\":\"2026-11-01T06:00:00Z\"");
    }

    @Test
    void a_finding_that_could_not_be_told_is_told_when_it_is_over() throws IOException {
        receiver.answers(400, "");

        runs.tell(run(1, 'F'), notify(null), at(1, "12:00"));
        int before = receiver.told().size();
        runs.tell(run(2, 'P'), notify(null), at(2, "12:00"));
        runs.tell(run(3, 'P'), notify(null), at(3, "12:00"));

        assertThat(toldSince(receiver, before)).containsExactly("fixed 1-a-pod");
    }

    @Test
    void an_end_that_could_not_be_told_is_told_by_the_next_run() throws IOException {
        runs.tell(run(1, 'F'), notify(null), at(1, "12:00"));
        receiver.answers(400, "");
        runs.tell(run(2, 'P'), notify(null), at(2, "12:00"));
        int before = receiver.told().size();
        runs.tell(run(3, 'P'), notify(null), at(3, "12:00"));
        runs.tell(run(4, 'P'), notify(null), at(4, "12:00"));

        assertThat(toldSince(receiver, before)).containsExactly("fixed 1-a-pod");
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

    @Test
    void runs_that_end_at_the_same_time_forget_nothing_of_each_other() throws IOException {
        var notify = notify(null);
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

        runs.tell(run(1, 'F'), notify(null), at(1, "12:00"));

        assertThat(receiver.bodies().get(0))
                .contains("kubectl describe pod [REDACTED]")
                .doesNotContain("runtime-0");
    }

    @Test
    void what_was_told_and_cannot_be_read_is_said_and_told_again() throws IOException {
        runs.tell(run(1, 'F'), notify(null), at(1, "12:00"));
        Files.writeString(folder.resolve("staging.told.json"), "{\"version\":");

        var outcome = runs.tell(run(2, 'F'), notify(null), at(2, "12:00"));

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

        var outcome = runs.tell(run(1, 'F'), notify(null), at(1, "12:00"));

        assertThat(receiver.told()).hasSize(1);
        assertThat(outcome.problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("What was told cannot be remembered, so it may be told again: ");
    }
}
