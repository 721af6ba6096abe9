package com.openagents.runbook.publish.notify;

import static com.openagents.runbook.publish.notify.ToldRuns.at;
import static com.openagents.runbook.publish.notify.ToldRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Receiver;
import com.openagents.runbook.report.PlayedRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alarms of PagerDuty and an Alertmanager. Apart from changes that are told once, for an alarm stands until it is ended. */
class AlarmsTest {
    private final Redactor redactor = new Redactor();

    @TempDir
    private Path folder;

    @AutoClose
    private Receiver receiver;

    private ToldRuns runs;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        runs = new ToldRuns(folder, redactor, reference -> "routing-key-of-ours");
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
}
