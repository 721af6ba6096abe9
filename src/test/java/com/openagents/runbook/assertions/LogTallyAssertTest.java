package com.openagents.runbook.assertions;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static com.openagents.runbook.assertions.SamplePods.NOW;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.Kubectl;
import com.openagents.runbook.system.kubernetes.LogTally;
import com.openagents.runbook.system.kubernetes.PodLog;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was not read proves nothing, neither of the pod nor of its log. */
class LogTallyAssertTest {
    private static final Kubectl KUBECTL = new Kubectl("", "openagents");
    private static final int PERCENT = 20;
    private static final PodLog WHOLE = log("runtime-0", false, 100, Optional.empty(), false);
    private static final PodLog GIVEN_UP = log("runtime-1", false, 0, Optional.of("not read within 120 s"), true);
    private static final PodLog LOST = log("runtime-1", false, 0, Optional.of("400: unable to retrieve"), false);

    @Test
    void a_log_whose_reading_we_gave_up_says_nothing_of_its_pod() {
        assertThatThrownBy(() -> assertThat(tally(0, WHOLE, GIVEN_UP)).canBeRead())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("not every log was read to its end: runtime-1: not read within 120 s");
        assertThatThrownBy(() -> assertThat(tally(0, WHOLE, LOST)).canBeRead())
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("runtime-1   400: unable to retrieve");
    }

    @Test
    void few_errors_are_few_only_where_every_log_was_read() {
        assertThatCode(() -> assertThat(tally(1, WHOLE)).areNotFullOfErrors(PERCENT))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> assertThat(tally(1, WHOLE, LOST)).areNotFullOfErrors(PERCENT))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("runtime-1");
        assertThatThrownBy(() -> assertThat(tally(99, WHOLE, LOST)).areNotFullOfErrors(PERCENT))
                .isInstanceOf(FindingError.class);
    }

    @Test
    void what_the_logs_do_not_tell_may_stand_in_one_that_was_not_read() {
        assertThatThrownBy(() -> assertThat(tally(0, WHOLE)).tellOfStreams()).isInstanceOf(FindingError.class);
        assertThatThrownBy(() -> assertThat(tally(0, WHOLE, LOST)).tellOfStreams())
                .isInstanceOf(CouldNotCheck.class);
    }

    @Test
    void a_restart_whose_log_we_gave_up_is_not_one_without_a_log() {
        var restarted = new RuntimePods(List.of(SamplePods.restarted("runtime-1", NOW)), NOW, KUBECTL);

        assertThatThrownBy(() -> assertThat(tally(0, before(true))).explainTheRestartsOf(restarted))
                .isInstanceOf(CouldNotCheck.class);
        assertThatThrownBy(() -> assertThat(tally(0, before(false))).explainTheRestartsOf(restarted))
                .isInstanceOf(FindingError.class);
    }

    private static PodLog before(boolean givenUp) {
        return log("runtime-1", true, 0, Optional.of("no"), givenUp);
    }

    private static PodLog log(String pod, boolean previous, long lines, Optional<String> trouble, boolean givenUp) {
        return new PodLog(
                pod, "runtime", previous, lines, Optional.empty(), Optional.empty(), "", trouble, true, givenUp);
    }

    private static LogTally tally(long errors, PodLog... logs) {
        return new LogTally(
                Duration.ofMinutes(15),
                List.of(logs),
                Map.of("error", errors),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(LogTally.STREAMS, 3L),
                0,
                0,
                NOW,
                KUBECTL);
    }
}
