package com.openagents.runbook.publish.notify;

import static com.openagents.runbook.publish.notify.ToldRuns.at;
import static com.openagents.runbook.publish.notify.ToldRuns.run;
import static com.openagents.runbook.publish.notify.WebhookChanges.toldSince;
import static com.openagents.runbook.publish.notify.WebhookChanges.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.Receiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits until quiet hours are over. Apart from the other changes, as here the time of day decides. */
class QuietHoursTest {
    @TempDir
    private Path folder;

    @AutoClose
    private Receiver receiver;

    private ToldRuns runs;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        runs = new ToldRuns(folder, new Redactor(), UnaryOperator.identity());
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
            runs.tell(run, new Notify(null, null, quiet, webhook(receiver)), at(i + 1, times.split(" ")[i]));
            var changes = toldSince(receiver, before);
            letters.append(changes.isEmpty() ? '.' : changes.get(0).charAt(0));
        }
        return letters.toString();
    }
}
